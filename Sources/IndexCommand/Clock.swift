import Glibc
import IndexModel

/// The time of day.
enum Clock {
  /// The moment that pages show: `SOURCE_DATE_EPOCH` if it is set, so that a build can be
  /// repeated, else now.
  static var now: Timestamp? {
    if let text = unsafe getenv("SOURCE_DATE_EPOCH"),
      let seconds = unsafe Int64(String(cString: text))
    {
      return Timestamp(seconds: seconds)
    }
    return Timestamp(seconds: Int64(time(nil)))
  }
}
