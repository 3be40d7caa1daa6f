import StrictJSON

/// The value of a header field, on one line.
struct FieldValue {
  /// The value in UTF-8.
  private(set) var text: [UInt8] = []
  /// The lines that it was written on, those without text aside.
  private(set) var lineCount = 0

  /// Reads a value.
  ///
  /// Line breaks with the white space around them become one space. Source: RFC 5322, 2.2.3.
  init(_ value: borrowing Span<UInt8>) {
    var start = 0
    while start < value.count {
      let (end, next) = HeaderFields.line(of: value, from: start)
      let line = Self.trimmed(Array(value.extracting(start..<end))[...])
      if !line.isEmpty {
        if lineCount > 0 { text.append(UInt8(ascii: " ")) }
        text += line
        lineCount += 1
      }
      start = next
    }
    text = Self.utf8(text)
  }

  /// A text without spaces and tabs at its ends.
  static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = text.firstIndex(where: { !isBlank($0) }),
      let last = text.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(text[first...last])
  }

  /// A text as it is if it is UTF-8, else read as Latin-1.
  static func utf8(_ text: [UInt8]) -> [UInt8] {
    if String(validating: text, as: UTF8.self) != nil { return text }
    return text.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
  }
}
