/// Where the components of a URL reference are (RFC 3986 4.1); the fragment is left out.
struct URLReference {
  /// Whether the scheme is https; `nil` if there is no scheme.
  let isSecure: Bool?
  /// What follows `//`; `nil` if nothing does.
  let authority: Range<Int>?
  let path: Range<Int>
  /// What follows `?`; `nil` if nothing does.
  let query: Range<Int>?

  /// Finds the components; white space at both ends is skipped, as in HTML attributes.
  ///
  /// - Throws: `HTTPURLProblem.control` or `.scheme`.
  init(_ text: borrowing Span<UInt8>) throws(HTTPURLProblem) {
    var start = 0
    var end = text.count
    while start < end, Self.isSpace(text[start]) { start += 1 }
    while start < end, Self.isSpace(text[end - 1]) { end -= 1 }
    var colon: Int?
    var slash: Int?
    var question: Int?
    for index in start..<end {
      let byte = text[index]
      if byte < 0x20 || byte == 0x7F { throw .control }
      if byte == UInt8(ascii: "#") {
        end = index
        break
      }
      if question != nil { continue }
      if byte == UInt8(ascii: "?") {
        question = index
      } else if slash == nil {
        if byte == UInt8(ascii: "/") { slash = index }
        if byte == UInt8(ascii: ":") && colon == nil { colon = index }
      }
    }
    // A later control character is in the fragment, which goes nowhere.
    var next = start
    if let colon, Self.isScheme(text, start..<colon) {
      isSecure = try Self.scheme(text, start..<colon)
      next = colon + 1
    } else {
      isSecure = nil
    }
    let hierarchyEnd = question ?? end
    if next + 1 < hierarchyEnd, text[next] == UInt8(ascii: "/"),
      text[next + 1] == UInt8(ascii: "/")
    {
      var authorityEnd = next + 2
      while authorityEnd < hierarchyEnd, text[authorityEnd] != UInt8(ascii: "/") {
        authorityEnd += 1
      }
      authority = next + 2..<authorityEnd
      next = authorityEnd
    } else {
      authority = nil
    }
    path = next..<hierarchyEnd
    query = question.map { $0 + 1..<end }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B)
  }

  private static func isScheme(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      let letter = text[index] | 0x20
      if letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") { continue }
      guard index > range.lowerBound else { return false }
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        continue
      default: return false
      }
    }
    return !range.isEmpty
  }

  private static func scheme(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>
  ) throws(HTTPURLProblem) -> Bool {
    func letter(_ offset: Int, _ expected: UInt8, _ text: borrowing Span<UInt8>) -> Bool {
      text[range.lowerBound + offset] | 0x20 == expected
    }
    guard range.count == 4 || range.count == 5, letter(0, UInt8(ascii: "h"), text),
      letter(1, UInt8(ascii: "t"), text), letter(2, UInt8(ascii: "t"), text),
      letter(3, UInt8(ascii: "p"), text)
    else { throw .scheme }
    if range.count == 4 { return false }
    guard letter(4, UInt8(ascii: "s"), text) else { throw .scheme }
    return true
  }
}
