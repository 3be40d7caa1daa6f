internal import StrictJSON

/// Writes a description as HTML: the only place where tags are made.
///
/// Each tag has its end and stands where browsers leave it, and all texts are escaped. An element that
/// must not stand where it is becomes its text.
struct HTMLWriter: ~Copyable {
  /// What is before the names of headings, so that none is a name of the page.
  static let prefix: StaticString = "description-"
  /// How deep elements may be within each other; those deeper are their text.
  static let maximumDepth = 40

  /// An element that is not over.
  struct Open {
    let element: Element
    /// Where its tag starts, or `nil` if it is its text only.
    var start: Int?
    /// The digit of a heading.
    var digit: UInt8 = 0
    var hasText = false
    var hasImage = false
  }

  var html = ByteBuffer(minimumCapacity: 4096)
  var open: [Open] = []
  /// The places in `open` of those that have a tag.
  var tags: [Int] = []
  var isInLink = false
  var isInHeading = false
  var headingCount = 0
  /// The levels of the headings that the next one is below of, as their author gave them.
  var levels: [Int] = []
  let text: MarkedText
  let names: HeadingNames

  /// The innermost element that has a tag.
  var parent: Element? { tags.last.map { open[$0].element } }

  /// Writes a text.
  ///
  /// - Parameters:
  ///   - text: The description.
  ///   - limit: How many bytes of HTML it may be.
  ///   - output: Where they go.
  /// - Returns: Whether it was that short; nothing is written otherwise.
  static func append(_ text: MarkedText, limit: Int, to output: inout ByteBuffer) -> Bool {
    var writer = HTMLWriter(text: text, names: HeadingNames(text))
    for mark in text.marks {
      writer.write(mark)
      if writer.html.count > limit { return false }
    }
    output.append(writer.html.span)
    return true
  }

  private init(text: MarkedText, names: HeadingNames) {
    self.text = text
    self.names = names
  }

  private mutating func write(_ mark: MarkedText.Mark) {
    switch mark {
    case .open(let element): start(element)
    case .close: end()
    case .text(let range): write(range)
    case .lineBreak: if parent?.holdsText ?? true { html.append("<br>\n") }
    case .rule:
      guard parent?.holdsBlocks ?? true else { return }
      html.append("<hr>\n")
      noteText()
    case .anchor: break
    }
  }

  /// Writes text.
  mutating func write(_ range: Range<Int>) {
    guard parent?.holdsText ?? true else { return }
    let all = text.bytes
    let bytes = all.span.extracting(range)
    html.append(escaping: bytes)
    var index = 0
    while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    if index < bytes.count { noteText() }
  }

  private mutating func noteText() {
    if let last = open.indices.last { open[last].hasText = true }
  }
}
