public import IndexModel
import StrictJSON

/// A moment as a person writes it: a date, a time, or an age.
public enum Moment: Sendable, Equatable {
  /// A moment, whenever the run is.
  case at(Timestamp)
  /// So many seconds before the run.
  case ago(seconds: Int64)

  /// Reads a moment.
  ///
  /// - Parameter text: A date such as `2026-11-22`, whose midnight in UTC is meant; a time of
  ///   RFC 3339; or an age, a whole number and one of `s`, `m`, `h`, `d` and `w`.
  public init?(_ text: borrowing Span<UInt8>) {
    if let time = Timestamp(rfc3339: text) {
      self = .at(time)
    } else if let time = Self.midnight(of: text) {
      self = .at(time)
    } else if let seconds = Self.age(text) {
      self = .ago(seconds: seconds)
    } else {
      return nil
    }
  }

  private static func midnight(of date: borrowing Span<UInt8>) -> Timestamp? {
    guard date.count == 10 else { return nil }
    let time = Array(date) + Array("T00:00:00Z".utf8)
    return Timestamp(rfc3339: time.span)
  }

  private static func age(_ text: borrowing Span<UInt8>) -> Int64? {
    guard (2...10).contains(text.count), let unit = seconds(in: text[text.count - 1]) else {
      return nil
    }
    var number: Int64 = 0
    for index in 0..<text.count - 1 {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
    }
    // Longer ones would lead out of years 1 to 9999 from any year.
    return number * unit < 10_000 * 366 * 86_400 ? number * unit : nil
  }

  private static func seconds(in unit: UInt8) -> Int64? {
    switch unit {
    case UInt8(ascii: "s"): 1
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "h"): 3600
    case UInt8(ascii: "d"): 86_400
    case UInt8(ascii: "w"): 7 * 86_400
    default: nil
    }
  }

  /// The moment in a run that takes place at `now`.
  ///
  /// - Returns: `nil` outside of years 1 to 9999, and for an age if nobody knows the time.
  public func time(at now: Timestamp?) -> Timestamp? {
    switch self {
    case .at(let time): time
    case .ago(let seconds):
      now.flatMap { Timestamp(microseconds: $0.microseconds - seconds * 1_000_000) }
    }
  }
}
