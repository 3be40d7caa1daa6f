import StrictJSON

/// A moment in microseconds since 1970-01-01T00:00:00Z.
///
/// Years 1 to 9999, the range of RFC 3339.
public struct Timestamp: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// Microseconds since the epoch.
  public let microseconds: Int64

  private static let earliest: Int64 = -62_135_596_800
  private static let latest: Int64 = 253_402_300_799

  /// Creates a moment, or `nil` outside of years 1 to 9999.
  public init?(microseconds: Int64) {
    guard microseconds >= Self.earliest * 1_000_000,
      microseconds < (Self.latest + 1) * 1_000_000
    else { return nil }
    self.microseconds = microseconds
  }

  /// Creates a moment from whole seconds, or `nil` outside of years 1 to 9999.
  public init?(seconds: Int64) {
    guard seconds >= Self.earliest, seconds <= Self.latest else { return nil }
    microseconds = seconds * 1_000_000
  }

  /// Whether `a` is before `b`.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// Seconds since the epoch, rounded down.
  public var seconds: Int64 { (microseconds - fraction) / 1_000_000 }

  /// Microseconds within the second, 0 to 999,999.
  public var fraction: Int64 {
    let rest = microseconds % 1_000_000
    return rest < 0 ? rest + 1_000_000 : rest
  }
}

// MARK: Reading

extension Timestamp {
  /// Reads a date-time of RFC 3339, such as `2018-06-09T23:26:45.5Z`.
  ///
  /// A space may stand for the `T`, as RFC 3339 allows; digits past microseconds are refused.
  public init?(rfc3339 text: borrowing Span<UInt8>) {
    guard text.count >= 20, let date = Self.date(text), let time = Self.time(text) else {
      return nil
    }
    var index = 19
    var fraction: Int64 = 0
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      while index < text.count, text[index].isDigit {
        guard index - start < 6 else { return nil }
        fraction = fraction * 10 + Int64(text[index] &- 0x30)
        index += 1
      }
      guard index > start else { return nil }
      for _ in index - start..<6 { fraction *= 10 }
    }
    guard let offset = Self.offset(text, at: index) else { return nil }
    self.init(microseconds: (date * 86_400 + time - offset) * 1_000_000 + fraction)
  }

  private static func number(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for index in range {
      guard text[index].isDigit else { return nil }
      value = value * 10 + Int64(text[index] &- 0x30)
    }
    return value
  }

  /// Days since the epoch.
  private static func date(_ text: borrowing Span<UInt8>) -> Int64? {
    guard let year = number(text, 0..<4), let month = number(text, 5..<7),
      let day = number(text, 8..<10), text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      year >= 1, (1...12).contains(month), day >= 1, day <= daysInMonth(month, of: year)
    else { return nil }
    return CivilDate(year: year, month: month, day: day).daysSinceEpoch
  }

  private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Seconds since midnight.
  private static func time(_ text: borrowing Span<UInt8>) -> Int64? {
    guard let hour = number(text, 11..<13), let minute = number(text, 14..<16),
      let second = number(text, 17..<19), hour < 24, minute < 60, second < 60,
      text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: "t")
        || text[10] == UInt8(ascii: " "),
      text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Seconds that local time is ahead of UTC.
  private static func offset(_ text: borrowing Span<UInt8>, at index: Int) -> Int64? {
    guard index < text.count else { return nil }
    let sign = text[index]
    if sign | 0x20 == UInt8(ascii: "z") { return index + 1 == text.count ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == index + 6,
      let hours = number(text, index + 1..<index + 3), hours < 24,
      let minutes = number(text, index + 4..<index + 6), minutes < 60,
      text[index + 3] == UInt8(ascii: ":")
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Reads seconds since the epoch, a JSON number such as `1528586805` or `1528586805.25`.
  ///
  /// Digits past microseconds are cut off.
  ///
  /// - Returns: `nil` for numbers with an exponent and for moments outside of years 1 to 9999.
  public init?(decimalSeconds text: borrowing Span<UInt8>) {
    let isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    let point = text.firstIndex(of: UInt8(ascii: "."), from: 0) ?? text.count
    let whole = (isNegative ? 1 : 0)..<point
    guard !whole.isEmpty, whole.count <= 12, var value = Self.number(text, whole) else {
      return nil
    }
    for place in 1...6 {
      value *= 10
      guard point + place < text.count else { continue }
      guard text[point + place].isDigit else { return nil }
      value += Int64(text[point + place] &- 0x30)
    }
    var rest = point + 7
    while rest < text.count {
      guard text[rest].isDigit else { return nil }
      rest += 1
    }
    self.init(microseconds: isNegative ? -value : value)
  }
}
