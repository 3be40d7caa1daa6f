// JSON strings (RFC 8259, section 7), written so that they can stand in a web page too: `<` is
// escaped, so that no string closes a script element.
extension ByteBuffer {
  /// Appends a string in quotes, escaped where it must be.
  ///
  /// Quotes, backslashes, controls and `<` are escaped; all other bytes are copied as they are, in
  /// runs.
  ///
  /// - Parameter bytes: The string in UTF-8.
  @inline(__always)
  public mutating func append(json bytes: borrowing Span<UInt8>) {
    append(UInt8(ascii: "\""))
    let clean = bytes.offsetOfEscape(from: 0)
    if clean == bytes.count { append(bytes) } else { append(escaping: bytes, from: clean) }
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
  private mutating func append(escaping bytes: borrowing Span<UInt8>, from first: Int) {
    var start = 0
    var next = first
    while next < bytes.count {
      append(bytes.extracting(start..<next))
      appendEscape(of: bytes[next])
      start = next + 1
      next = bytes.offsetOfEscape(from: start)
    }
    append(bytes.extracting(start..<bytes.count))
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

extension Span<UInt8> {
  /// The offset of the first byte at or behind `start` that is escaped, or `count`.
  fileprivate func offsetOfEscape(from start: Int) -> Int {
    let lessThan = UInt8(ascii: "<")
    return endOfPlainRun(from: endOfPlainBlocks(from: start, before: lessThan), before: lessThan)
  }
}
