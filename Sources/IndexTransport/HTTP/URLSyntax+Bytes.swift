// The bytes of a URL.

extension URLSyntax {
  /// Whether a path or a query may hold the byte: unreserved, sub-delims, and `%/:?@`.
  static func isAllowed(_ byte: UInt8) -> Bool {
    let mask: UInt64 = byte < 64 ? 0xAFFF_FFF2_0000_0000 : 0x47FF_FFFE_87FF_FFFF
    return byte < 128 && mask >> UInt64(byte & 63) & 1 == 1
  }

  /// A number of bytes at the start of a range, a multiple of 8, that a path holds as they are:
  /// letters, digits and `-./_`, and no segment that begins with a dot.
  ///
  /// - Parameter range: Not at the start of the text.
  static func plainCount(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while range.upperBound - offset >= 8 {
      let word = word(text, at: offset)
      let letters = lanes(word | 0x2020_2020_2020_2020, UInt8(ascii: "a")...UInt8(ascii: "z"))
      let others =
        lanes(word, UInt8(ascii: "-")...UInt8(ascii: "9"))
        | lanes(word, UInt8(ascii: "_")...UInt8(ascii: "_"))
      let dots = lanes(word, UInt8(ascii: ".")...UInt8(ascii: "."))
      let slashes = UInt8(ascii: "/")...UInt8(ascii: "/")
      if (letters | others).nonzeroBitCount != 8
        || dots & lanes(self.word(text, at: offset - 1), slashes) != 0
      {
        break
      }
      offset += 8
    }
    return offset - range.lowerBound
  }

  private static func word(_ text: borrowing Span<UInt8>, at offset: Int) -> UInt64 {
    unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// The highest bit of each of the eight bytes that is in a range of ASCII.
  private static func lanes(_ word: UInt64, _ range: ClosedRange<UInt8>) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let rest = word & (ones * 0x7F)
    let reached = rest + ones * UInt64(0x80 - range.lowerBound)
    let passed = rest + ones * UInt64(0x7F - range.upperBound)
    return reached & ~passed & ~word & (ones * 0x80)
  }

  static func append(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>,
    to output: inout [UInt8]
  ) {
    unsafe text.extracting(range).withUnsafeBufferPointer {
      unsafe output.append(contentsOf: $0)
    }
  }

  static func appendEncoded(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "%"))
    output.append(digit(byte >> 4))
    output.append(digit(byte & 15))
  }

  static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)
  }

  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  static func decoded(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>
  ) throws(HTTPURLProblem) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == UInt8(ascii: "%") {
        guard index + 2 < range.upperBound, let high = value(text[index + 1]),
          let low = value(text[index + 2])
        else { throw .login }
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of dots that the first segment consists of: 1 or 2.
  static func dots(_ text: borrowing Span<UInt8>, _ segments: Range<Int>) -> Int? {
    for count in 0..<3 {
      let index = segments.lowerBound + count
      if index == segments.upperBound || text[index] == UInt8(ascii: "/") { return count }
      if text[index] != UInt8(ascii: ".") { return nil }
    }
    return nil
  }

  static func hostStart(_ text: borrowing Span<UInt8>, _ authority: Range<Int>) -> Int {
    var index = authority.upperBound
    while index > authority.lowerBound {
      if text[index - 1] == UInt8(ascii: "@") { return index }
      index -= 1
    }
    return index
  }

  /// The byte in lower case, or `nil` if no host has it.
  static func hostByte(_ byte: UInt8, isAddress: Bool) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): byte
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte | 0x20
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"): isAddress ? byte : nil
    case UInt8(ascii: "g")...UInt8(ascii: "z"): isAddress ? nil : byte
    case UInt8(ascii: "G")...UInt8(ascii: "Z"): isAddress ? nil : byte | 0x20
    case UInt8(ascii: "-"), UInt8(ascii: "_"): isAddress ? nil : byte
    default: nil
    }
  }

  /// The port, -1 if it is empty, or `nil` if it is none.
  static func port(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    if range.isEmpty { return -1 }
    var port = 0
    for index in range {
      guard let digit = value(text[index]), digit < 10 else { return nil }
      port = port * 10 + Int(digit)
      if port > 65535 { return nil }
    }
    return port > 0 ? port : nil
  }
}
