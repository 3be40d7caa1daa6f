// Backslash escapes of strings (RFC 8259, section 7).
extension JSONCursor {
  /// Reads the escape whose backslash is at `start`; a surrogate pair is one escape.
  ///
  /// - Returns: The character it stands for, and the offset behind it.
  @inline(never)
  func escape(at start: Int) throws(JSONError) -> (scalar: Unicode.Scalar, end: Int) {
    guard start + 1 < text.count else { throw endOfText() }
    let scalar: Unicode.Scalar
    switch text[start + 1] {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(at: start)
    default: throw JSONError(.badEscape, at: start..<endOfScalar(at: start + 1))
    }
    return (scalar, start + 2)
  }

  private func unicodeEscape(
    at start: Int
  ) throws(JSONError) -> (scalar: Unicode.Scalar, end: Int) {
    let unit = try codeUnit(at: start)
    if let scalar = Unicode.Scalar(unit) { return (scalar, start + 6) }
    let next = start + 6
    // A first half counts only with a second half behind it.
    if unit < 0xDC00, next + 1 < text.count,
      text[next] == UInt8(ascii: "\\"), text[next + 1] == UInt8(ascii: "u")
    {
      let second = try codeUnit(at: next)
      if 0xDC00...0xDFFF ~= second,
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
      {
        return (scalar, next + 6)
      }
    }
    throw JSONError(.loneSurrogate, at: start..<next)
  }

  /// Reads the four hexadecimal digits of the `\u` at `start`.
  private func codeUnit(at start: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for place in start + 2..<start + 6 {
      guard place < text.count else { throw endOfText() }
      guard let digit = text[place].hexDigitValue else {
        throw JSONError(.badEscape, at: start..<place)
      }
      unit = unit << 4 | digit
    }
    return unit
  }

  private func endOfText() -> JSONError {
    JSONError(.unexpectedEnd, at: text.count..<text.count)
  }
}
