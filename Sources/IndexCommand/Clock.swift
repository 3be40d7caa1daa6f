import IndexModel
import IndexTransport

/// The time of day.
enum Clock {
  /// The moment by the clock of the machine.
  static var real: Timestamp? { Timestamp(seconds: ProcessSettings.now) }

  /// The moment that pages show: `SOURCE_DATE_EPOCH` if it is set, so that a build can be
  /// repeated, else now.
  static var now: Timestamp? {
    let chosen = ProcessSettings.variable("SOURCE_DATE_EPOCH").flatMap { Int64($0) }
    return Timestamp(seconds: chosen ?? ProcessSettings.now)
  }
}
