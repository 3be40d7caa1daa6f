/// URLs as authors write them.
enum URLText {
  /// A URL without space around it, and with the bytes that no URL has as escapes.
  ///
  /// - Parameter text: What the author wrote.
  static func escaped(_ text: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    var url: [UInt8] = []
    var text = text.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    for byte in text {
      switch byte {
      case 0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D:
        url += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: url.append(byte)
      }
    }
    return url
  }
}
