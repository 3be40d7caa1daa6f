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
    // The first of these ends a scheme, or shows that there is none.
    var next = start
    while next < end, !Self.isMark(text[next]) { next += 1 }
    if next < end, text[next] == UInt8(ascii: ":"), Self.isScheme(text, start..<next) {
      isSecure = try Self.scheme(text, start..<next)
      next += 1
    } else {
      isSecure = nil
      next = start
    }
    // What is in the fragment goes nowhere.
    let hierarchyEnd = try Self.find(text, next..<end, UInt8(ascii: "?"))
    if hierarchyEnd < end, text[hierarchyEnd] == UInt8(ascii: "?") {
      query = hierarchyEnd + 1..<(try Self.find(text, hierarchyEnd + 1..<end, UInt8(ascii: "#")))
    } else {
      query = nil
    }
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
  }

  /// Where the first `#` or `end` is.
  ///
  /// - Throws: `HTTPURLProblem.control` if a control character is before.
  private static func find(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>,
    _ end: UInt8
  ) throws(HTTPURLProblem) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe text[unchecked: index]
      if byte == UInt8(ascii: "#") || byte == end { break }
      if byte < 0x20 || byte == 0x7F { throw .control }
      index += 1
    }
    return index
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
      || byte == UInt8(ascii: "#")
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
