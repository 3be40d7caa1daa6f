internal import Glibc

/// A date of HTTP, in seconds (RFC 9110 5.6.7).
public struct HTTPDate: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let earliest: Int64 = -62_135_596_800
  private static let latest: Int64 = 253_402_300_799

  /// Creates a date, or `nil` outside of years 1 to 9999.
  public init?(seconds: Int64) {
    guard seconds >= Self.earliest, seconds <= Self.latest else { return nil }
    self.seconds = seconds
  }

  /// Creates a date of a day and a time of it; `nil` if the calendar has no such.
  init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    guard year >= 1, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    let start = Self.daysBefore(year: year, month: month)
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    guard start + day - 1 < Self.daysBefore(year: next.0, month: next.1) else { return nil }
    // A leap second is the next one here, as everywhere in POSIX.
    let time = hour * 3600 + minute * 60 + second
    self.init(seconds: Int64((start + day - 1) * 86400 + time))
  }

  /// Whether `a` is before `b`.
  public static func < (a: HTTPDate, b: HTTPDate) -> Bool { a.seconds < b.seconds }

  /// The days from 1970-01-01 to the first of a month.
  private static func daysBefore(year: Int, month: Int) -> Int {
    // Years that begin with March end with their leap day.
    let shifted = month > 2 ? year : year - 1
    let monthsSinceMarch = (month + 9) % 12
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    return shifted * 365 + leapDays + (monthsSinceMarch * 153 + 2) / 5 - 719_468
  }
}

extension HTTPDate: CustomStringConvertible {
  /// The form that senders use, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  public var description: String {
    let time = seconds - day * 86400
    let (year, month, dayOfMonth) = date
    let weekday = Int(((day + 3) % 7 + 7) % 7)
    return "\(Self.days[weekday]), \(Self.digits(dayOfMonth, 2)) \(Self.months[month - 1]) "
      + "\(Self.digits(year, 4)) \(Self.digits(Int(time / 3600), 2)):"
      + "\(Self.digits(Int(time / 60 % 60), 2)):\(Self.digits(Int(time % 60), 2)) GMT"
  }

  /// The basic form of ISO 8601, such as `19941106T084937Z`.
  var compact: String {
    let time = seconds - day * 86400
    let (year, month, dayOfMonth) = date
    return "\(Self.digits(year, 4))\(Self.digits(month, 2))\(Self.digits(dayOfMonth, 2))T"
      + "\(Self.digits(Int(time / 3600), 2))\(Self.digits(Int(time / 60 % 60), 2))"
      + "\(Self.digits(Int(time % 60), 2))Z"
  }

  /// The days since 1970-01-01, rounded down.
  private var day: Int64 { seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400 }

  private var date: (year: Int, month: Int, day: Int) {
    let days = Int(day)
    var year = days / 366 + 1970
    if days < 0 { year = days / 365 + 1968 }
    while Self.daysBefore(year: year + 1, month: 1) <= days { year += 1 }
    var month = 12
    while Self.daysBefore(year: year, month: month) > days { month -= 1 }
    return (year, month, days - Self.daysBefore(year: year, month: month) + 1)
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// The year it is in.
  var year: Int { date.year }

  /// Now.
  public static var now: HTTPDate { HTTPDate(clamping: Int64(time(nil))) }

  private init(clamping seconds: Int64) {
    self.seconds = min(max(seconds, Self.earliest), Self.latest)
  }
}
