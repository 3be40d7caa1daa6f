extension Int {
  /// The number with a comma between each three digits.
  package var grouped: String {
    let digits = Array(String(magnitude).utf8)
    var text: [UInt8] = self < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The number and what is counted, such as `1 page` or `2 pages`.
  package func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

  /// The number of bytes in the unit that suits it.
  package var asSize: String {
    if self < 1 << 10 { return "\(self) B" }
    if self < 1 << 20 { return "\(self >> 10) KiB" }
    return "\((self >> 20).grouped) MiB"
  }
}
