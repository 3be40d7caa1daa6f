import IndexModel

/// A time as zip archives keep it: to two seconds, from 1980 to 2107, in no time zone; here UTC.
struct ZipTime: Sendable {
  let date: Int
  let time: Int

  /// - Parameter seconds: Seconds since 1970; what is out of range becomes the nearest time in it.
  init(seconds: Int) {
    let (first, last) = (315_532_800, 4_354_819_198)
    let seconds = min(max(seconds, first), last)
    let second = seconds % 86_400
    time = (second / 3600) << 11 | (second / 60 % 60) << 5 | second % 60 / 2
    let day = CivilDate(daysSinceEpoch: Int64(seconds / 86_400))
    date = Int((day.year - 1980) << 9 | day.month << 5 | day.day)
  }
}
