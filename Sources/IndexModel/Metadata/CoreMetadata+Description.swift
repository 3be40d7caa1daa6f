import StrictJSON

extension CoreMetadata {
  /// The longest description that is taken, in bytes.
  public static var maximumDescription: Int { 1 << 20 }

  /// The long description in UTF-8: the body of the file, else its field `Description` without what
  /// marks its further lines.
  ///
  /// - Parameter file: The bytes that this was read from.
  /// - Returns: Nothing if there is none, or if it is longer than ``maximumDescription``.
  /// - Complexity: O(bytes of the description).
  public func description(in file: borrowing Span<UInt8>) -> [UInt8] {
    let body = Self.meaning(Array(file.extracting(min(body, file.count)...)))
    if !body.isEmpty { return body.count > Self.maximumDescription ? [] : body }
    let field = Self.meaning(Self.unfolded(file.extracting(descriptionField)))
    return field.count > Self.maximumDescription ? [] : field
  }

  /// A text in UTF-8; nothing if it is blank, or what old tools wrote for nothing.
  private static func meaning(_ text: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = text.firstIndex(where: { !isBlank($0) }),
      let last = text.lastIndex(where: { !isBlank($0) }),
      !text.span.extracting(first...last).elementsEqual("UNKNOWN")
    else { return [] }
    return FieldValue.utf8(text)
  }

  /// The value of a field as it was before it was folded.
  ///
  /// Each line but the first stands behind eight spaces, or seven and a bar. Source: the
  /// specification "Core metadata", and what distutils wrote.
  private static func unfolded(_ value: borrowing Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var start = 0
    while start < value.count, value[start] == 0x20 || value[start] == 0x09 { start += 1 }
    while start < value.count {
      let (end, next) = HeaderFields.line(of: value, from: start)
      text.append(contentsOf: value.extracting(start..<end))
      if next > end { text.append(UInt8(ascii: "\n")) }
      start = next + markCount(of: value, at: next)
    }
    return text
  }

  /// The bytes at the beginning of a line that mark it as one of the value before.
  private static func markCount(of value: borrowing Span<UInt8>, at start: Int) -> Int {
    guard value.count - start >= 8 else { return 0 }
    for index in start..<start + 7 where value[index] != 0x20 { return 0 }
    let last = value[start + 7]
    return last == 0x20 || last == UInt8(ascii: "|") ? 8 : 0
  }
}
