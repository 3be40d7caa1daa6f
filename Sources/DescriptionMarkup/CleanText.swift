internal import StrictJSON

/// A description as UTF-8 with lines that end as on Unix, and without control characters.
enum CleanText {
  /// Cleans a text.
  ///
  /// - Parameter text: Any bytes. What is not UTF-8 becomes U+FFFD, as does NUL.
  static func bytes(of text: borrowing Span<UInt8>) -> [UInt8] {
    var valid = Array(String(decoding: text).utf8)
    if valid.starts(with: [0xEF, 0xBB, 0xBF]) { valid.removeFirst(3) }
    // Most texts have nothing to clean.
    if valid.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }) { return valid }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(valid.count)
    var isAfterReturn = false
    for byte in valid {
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
    return bytes
  }
}
