/// Numbers with units, as pipeline files write them.
enum Quantity {
  /// Units of time, in milliseconds.
  private static let times: KeyValuePairs<StaticString, Int> = [
    "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
  ]
  /// Units of bytes.
  private static let sizes: KeyValuePairs<StaticString, Int> = [
    "B": 1, "kB": 1000, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    "TB": 1_000_000_000_000, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
  ]

  /// Reads a duration such as `90s`.
  static func duration(_ text: String) -> Duration? {
    product(text, times).map { .milliseconds($0) }
  }

  /// Reads a number of bytes such as `8MiB`.
  static func size(_ text: String) -> Int? { product(text, sizes) }

  /// Reads digits.
  static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private static func product(
    _ text: String,
    _ units: KeyValuePairs<StaticString, Int>
  ) -> Int? {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { $0 &- 0x30 < 10 }
    let unit = bytes[digits.endIndex...]
    guard let number = number(digits),
      let factor = units.first(where: { "\($0.key)".utf8.elementsEqual(unit) })?.value
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
