internal import StrictJSON

extension ByteBuffer {
  /// Appends text so that it is text in an element and in a quoted attribute.
  mutating func append(escaping text: borrowing Span<UInt8>) {
    var start = 0
    for index in 0..<text.count {
      let escape: StaticString
      switch text[index] {
      case UInt8(ascii: "&"): escape = "&amp;"
      case UInt8(ascii: "<"): escape = "&lt;"
      case UInt8(ascii: ">"): escape = "&gt;"
      case UInt8(ascii: "\""): escape = "&quot;"
      case UInt8(ascii: "'"): escape = "&#39;"
      default: continue
      }
      append(text.extracting(start..<index))
      append(escape)
      start = index + 1
    }
    append(text.extracting(start..<text.count))
  }
}
