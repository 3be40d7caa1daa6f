/// What links to distributions must look like.
enum LinkText {
  /// What is wrong with the text of a link, whatever is behind it.
  static func fault(of href: [UInt8]) -> (code: String, message: String)? {
    if href.isEmpty { return ("bad-link", "it has an empty link") }
    let path = href.prefix { $0 != UInt8(ascii: "?") }
    if path.contains(UInt8(ascii: "+")) {
      return ("unencoded-url", "\"+\" is not escaped in \(href.shown)")
    }
    var index = path.startIndex
    while index < path.endIndex {
      let byte = path[index]
      if byte == UInt8(ascii: "%") {
        let digits = path[(index + 1)...].prefix(2)
        guard digits.count == 2, digits.allSatisfy(isHexadecimal) else {
          return ("bad-link", "\"%\" without two digits in \(href.shown)")
        }
      } else if byte <= 0x20 || byte >= 0x7F || "\"<>\\^`{|}".utf8.contains(byte) {
        return ("bad-link", "a character that must be escaped in \(href.shown)")
      }
      index += 1
    }
    return nil
  }

  /// Whether the last part of a link is a file name; behind a query, anything may be.
  static func leads(to filename: [UInt8], _ href: [UInt8]) -> Bool {
    if href.contains(UInt8(ascii: "?")) { return true }
    return href.lastPart == filename
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
