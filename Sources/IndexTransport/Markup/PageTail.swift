/// The last bytes of a page: whether it was closed stands there.
struct PageTail {
  /// Enough for the closing tags and a comment of a server after them.
  private static let size = 1024
  private var bytes: [UInt8] = []

  mutating func add(_ chunk: borrowing Span<UInt8>) {
    if chunk.count >= Self.size { bytes.removeAll(keepingCapacity: true) }
    chunk.extracting(last: Self.size).append(to: &bytes)
    if bytes.count > 8 * Self.size { bytes.removeFirst(bytes.count - Self.size) }
  }

  /// Whether the last tag closes the body or the page.
  var isClosed: Bool {
    var rest = bytes[...]
    while true {
      while let last = rest.last, last == 0x20 || (9...13).contains(last) { rest.removeLast() }
      guard rest.hasSuffix("-->"), let start = rest.lastComment() else { break }
      rest = rest[..<start]
    }
    guard rest.last == UInt8(ascii: ">"),
      let start = rest.lastIndex(of: UInt8(ascii: "<"))
    else { return false }
    let tag = rest[start...].dropLast().filter { $0 != 0x20 && !(9...13).contains($0) }
    return tag.count == 6
      && (tag.span.matches("</html", at: 0) || tag.span.matches("</body", at: 0))
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: StaticString) -> Bool {
    span.matches(text, at: count - text.utf8CodeUnitCount)
  }

  fileprivate func lastComment() -> Int? {
    indices.last { span.matches("<!--", at: $0 - startIndex) }
  }
}
