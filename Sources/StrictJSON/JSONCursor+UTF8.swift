extension JSONCursor {
  /// Checks that a whole text is UTF-8 and has no byte order mark, as RFC 8259, section 8.1 wants.
  ///
  /// Once is enough for a file of many lines: every part of it between line feeds is UTF-8 then.
  ///
  /// - Parameter text: The bytes of the text.
  /// - Throws: ``JSONError`` with the place of the first bytes that are neither.
  /// - Complexity: O(n), at tens of gigabytes per second for ASCII.
  public static func validateUTF8(_ text: Span<UInt8>) throws(JSONError) {
    if startsWithByteOrderMark(text) { throw JSONError(.byteOrderMark, at: 0..<3) }
    do {
      _ = try UTF8Span(validating: text)
    } catch {
      throw JSONError(.invalidUTF8, at: error.byteOffsets)
    }
  }
}

/// Whether a text begins with U+FEFF in UTF-8.
func startsWithByteOrderMark(_ text: Span<UInt8>) -> Bool {
  text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
}
