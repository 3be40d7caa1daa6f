/// An image and the link around it.
struct ImageDirective {
  private(set) var url: [UInt8]
  private(set) var alt: [UInt8] = []
  private(set) var target: [UInt8]?

  /// Reads a directive.
  ///
  /// - Parameters:
  ///   - lines: What follows `image::`, without indent.
  ///   - bytes: The text that they are places in.
  init(_ lines: [TextLine], _ bytes: [UInt8]) {
    url = lines.first.map { Array(bytes[$0.start..<$0.end]) } ?? []
    for line in lines.dropFirst() {
      guard bytes.byte(0, of: line) == UInt8(ascii: ":"),
        let (name, rest) = ReferenceTargets.split(line.dropping(1), bytes)
      else { continue }
      let value = Array(bytes[rest.start..<rest.end])
      if name.elementsEqual("alt".utf8) { alt = value }
      if name.elementsEqual("target".utf8) { target = value }
    }
  }
}
