/// A small XML document as a tree, three elements deep: what is deeper is left out.
struct S3Document: XMLVisitor {
  /// An element.
  struct Element {
    let name: [UInt8]
    var text: [UInt8] = []
    var children: [Element] = []

    func isNamed(_ name: String) -> Bool { self.name.elementsEqual(name.utf8) }

    /// The children of a name.
    func children(_ name: String) -> [Element] { children.filter { $0.isNamed(name) } }

    /// The text of the one child of a name.
    ///
    /// - Returns: `nil` if there is none.
    /// - Throws: `S3Problem` if there are several.
    func text(_ name: String) throws(S3Problem) -> [UInt8]? {
      var found: [UInt8]?
      for child in children where child.isNamed(name) {
        if found != nil { throw S3Problem("<\(name)> stands there twice") }
        found = child.text
      }
      return found
    }
  }

  private static let depth = 3
  private(set) var root: Element?
  private var open: [Element] = []

  /// Reads a document.
  ///
  /// - Throws: `MarkupProblem` if it is not well-formed, or not there in full.
  init(_ bytes: [UInt8]) throws(MarkupProblem) {
    var reader = try XMLReader(limits: PageLimits(size: max(1, bytes.count)))
    try reader.feed(bytes.span, &self)
    try reader.finish(&self)
  }

  mutating func start(_ name: borrowing Span<UInt8>) {
    var bytes: [UInt8] = []
    for index in name.indices { bytes.append(name[index]) }
    open.append(Element(name: bytes))
  }

  mutating func text(_ text: borrowing Span<UInt8>) {
    guard !open.isEmpty, open.count <= Self.depth else { return }
    for index in text.indices { open[open.count - 1].text.append(text[index]) }
  }

  mutating func end() {
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else if open.count < Self.depth {
      open[open.count - 1].children.append(element)
    }
  }
}
