/// How long a server asks to wait (RFC 9110 10.2.3).
enum RetryAfter {
  /// The longest wait: servers that ask for an hour get another try after it.
  static let limit: Int64 = 60

  /// The wait, from 0 to 60 seconds; `nil` if the value is neither a number nor a date.
  static func wait(_ value: borrowing Span<UInt8>, now: HTTPDate = .now) -> Duration? {
    var seconds: Int64 = 0
    var isNumber = value.count > 0
    for index in 0..<value.count {
      let byte = value[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        isNumber = false
        break
      }
      // Any number of digits may follow.
      seconds = min(limit, seconds * 10 + Int64(byte - UInt8(ascii: "0")))
    }
    if isNumber { return .seconds(seconds) }
    guard let date = HTTPDate(value, now: now) else { return nil }
    return .seconds(min(limit, max(0, date.seconds - now.seconds)))
  }
}
