internal import StrictJSON

/// A description as UTF-8 with lines that end as on Unix, and without control characters.
enum CleanText {
  /// Cleans a text.
  ///
  /// - Parameter text: Any bytes. What is not UTF-8 becomes U+FFFD, as does NUL.
  static func bytes(of text: borrowing Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var isAfterReturn = false
    for byte in String(decoding: text).utf8 {
      switch byte {
      case 0x0A where isAfterReturn: break
      case 0x0A, 0x0D: bytes.append(0x0A)
      case 0x0B, 0x0C: bytes.append(0x20)
      case 0: bytes.append(contentsOf: "\u{FFFD}".utf8)
      case 0x01..<0x09, 0x0E..<0x20, 0x7F: break
      default: bytes.append(byte)
      }
      isAfterReturn = byte == 0x0D
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return bytes
  }
}
