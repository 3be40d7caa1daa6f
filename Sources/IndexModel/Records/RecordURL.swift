import StrictJSON

/// The URL that a record gives for its file.
enum RecordURL {
  /// Why `url` cannot stand on a page as the place of `filename`, or `nil` if it can.
  ///
  /// Installers take the file name from the last component of the path, so the two must agree.
  /// Source: PEP 503; RFC 3986.
  static func problem(of url: borrowing Span<UInt8>, filename: borrowing Span<UInt8>) -> String? {
    var path = 0..<url.count
    for index in url.indices.dropFirst(url.plainPrefixCount) {
      let byte = url[index]
      if byte <= 0x20 || byte == 0x7F { return "a URL must not hold spaces or control characters" }
      if byte == UInt8(ascii: "#") { return "a URL must not hold a fragment: give \"hashes\"" }
      if byte == UInt8(ascii: "\\") { return "a URL must not hold a backslash" }
      if byte == UInt8(ascii: "?"), path.upperBound == url.count { path = 0..<index }
    }
    if let colon = url.firstIndex(of: UInt8(ascii: ":"), from: 0) {
      let slash = url.firstIndex(of: UInt8(ascii: "/"), from: 0) ?? url.count
      let isWeb =
        url.startsIgnoringCase(with: "https://", at: 0)
        || url.startsIgnoringCase(with: "http://", at: 0)
        || url.startsIgnoringCase(with: "file:///", at: 0)
      if colon < slash && !isWeb {
        return "a URL must be relative, or begin with https:, http: or file:"
      }
    }
    let name = url.lastIndex(of: UInt8(ascii: "/"), before: path.upperBound).map { $0 + 1 } ?? 0
    let last = url.extracting(name..<path.upperBound)
    guard last.elementsEqual(filename) || decodes(last, to: filename) else {
      return "the last part of the URL's path must be the file name"
    }
    return nil
  }

  /// Whether percent-decoding `text` gives `expected`.
  private static func decodes(
    _ text: borrowing Span<UInt8>,
    to expected: borrowing Span<UInt8>
  ) -> Bool {
    var index = 0
    var count = 0
    while index < text.count {
      var byte = text[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < text.count, text[index + 1].isHexDigit, text[index + 2].isHexDigit else {
          return false
        }
        byte = hexValue(text[index + 1]) << 4 | hexValue(text[index + 2])
        index += 2
      }
      guard count < expected.count, expected[count] == byte else { return false }
      count += 1
      index += 1
    }
    return count == expected.count
  }

  private static func hexValue(_ digit: UInt8) -> UInt8 {
    digit.isDigit ? digit &- 0x30 : (digit | 0x20) &- 0x61 &+ 10
  }
}

extension Span<UInt8> {
  /// A number of bytes at the start, a multiple of 8, that have no meaning in URLs and no harm.
  fileprivate var plainPrefixCount: Int {
    var offset = 0
    while count - offset >= 8 {
      let word = word(at: offset)
      let isSpecial =
        word.lanes(from: 0, through: 0x20) | word.lanes(from: 0x7F, through: 0x7F)
        | word.lanes(from: UInt8(ascii: "#"), through: UInt8(ascii: "#"))
        | word.lanes(from: UInt8(ascii: "?"), through: UInt8(ascii: "?"))
        | word.lanes(from: UInt8(ascii: "\\"), through: UInt8(ascii: "\\"))
      if isSpecial != 0 { break }
      offset += 8
    }
    return offset
  }
}
