// JSON strings (RFC 8259, section 7), written so that they can stand in a web page too: `<` is
// escaped, so that no string closes a script element.
extension ByteBuffer {
  /// Appends a string in quotes, escaped where it must be.
  ///
  /// Quotes, backslashes, controls and `<` are escaped; all other bytes are copied as they are, in
  /// runs.
  ///
  /// - Parameter bytes: The string in UTF-8.
  public mutating func append(json bytes: borrowing Span<UInt8>) {
    reserve(bytes.count + 2)
    append(UInt8(ascii: "\""))
    if bytes.isPlain(without: UInt8(ascii: "<")) { append(bytes) } else { append(escaping: bytes) }
    append(UInt8(ascii: "\""))
  }

  /// Appends a literal in quotes, escaped where it must be.
  public mutating func append(json literal: StaticString) {
    append(json: literal.bytes)
  }

  /// Appends a string in quotes, escaped where it must be.
  public mutating func append(json text: String) {
    append(json: text.utf8Span.span)
  }

  @inline(never)
  private mutating func append(escaping bytes: borrowing Span<UInt8>) {
    var start = 0
    while true {
      let end = bytes.endOfPlainRun(from: start, before: UInt8(ascii: "<"))
      append(bytes.extracting(start..<end))
      if end == bytes.count { break }
      appendEscape(of: bytes[end])
      start = end + 1
    }
  }

  private mutating func appendEscape(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u00")
      append(hexDigit: byte >> 4)
      append(hexDigit: byte & 15)
    }
  }

  private mutating func append(hexDigit value: UInt8) {
    append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
  }
}
