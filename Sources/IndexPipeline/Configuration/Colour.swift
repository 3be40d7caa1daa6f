/// A colour of a screen.
struct Colour {
  /// How bright it is to the eye, from 0 to 1.
  private let luminance: Double

  /// Reads `#rrggbb`.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isHexadecimal = bytes.dropFirst().allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
    guard bytes.count == 7, bytes.first == UInt8(ascii: "#"), isHexadecimal,
      let number = Int(String(decoding: bytes.dropFirst(), as: UTF8.self), radix: 16)
    else { return nil }
    luminance =
      0.2126 * Self.linear(number >> 16) + 0.7152 * Self.linear(number >> 8 & 255) + 0.0722
      * Self.linear(number & 255)
  }

  /// How well text of this colour can be read on another, from 1 to 21.
  ///
  /// Source: WCAG 2.2, "contrast ratio" and "relative luminance".
  func contrast(to other: Colour?) -> Double? {
    guard let other else { return nil }
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  private static func linear(_ channel: Int) -> Double {
    let share = Double(channel) / 255
    if share <= 0.04045 { return share / 12.92 }
    let base = (share + 0.055) / 1.055
    // The power of 2.4 is the square, times its fifth root, which Newton's method finds.
    var root = 1.0
    for _ in 0..<16 {
      let fourth = root * root * root * root
      root -= (root * fourth - base * base) / (5 * fourth)
    }
    return base * base * root
  }
}
