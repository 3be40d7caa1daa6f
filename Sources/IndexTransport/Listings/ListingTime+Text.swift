extension ListingTime {
  /// The first time in a text of a listing, in any of the shapes that servers write.
  ///
  /// Years have four digits. A date in numbers that does not begin with the year is read as month,
  /// day, year, and only before a time of twelve hours: so IIS writes it.
  ///
  /// - Parameter range: Set to the tokens of the time.
  init?(_ text: ListingTokens, range: inout Range<Int>) {
    for start in 0..<text.count {
      guard let day = Day(text, at: start) else { continue }
      let clock = Clock(text, at: day.end)
      if day.needsTwelveHours, clock?.isTwelveHours != true { continue }
      guard let days = day.daysSince1970 else { continue }
      guard let clock else {
        self.init(seconds: days * 86_400, precision: .day, hasZone: false)
        range = start..<day.end
        return
      }
      self.init(
        seconds: days * 86_400 + clock.seconds - (clock.zone ?? 0),
        precision: clock.hasSeconds ? .second : .minute,
        hasZone: clock.zone != nil
      )
      range = start..<max(day.yearEnd, clock.end)
      return
    }
    return nil
  }
}

/// A date, and where it ends.
private struct Day {
  var year = 0
  var month = 0
  var day = 0
  /// Where a time of day may begin.
  var end = 0
  /// Where the year ends, which may stand after the time of day.
  var yearEnd = 0
  var needsTwelveHours = false

  init?(_ text: ListingTokens, at start: Int) {
    let parts =
      Self.yearFirst(text, start) ?? Self.dayFirst(text, start) ?? Self.monthFirst(text, start)
      ?? Self.numbers(text, start)
    guard let parts else { return nil }
    (year, month, day, end) = parts.date
    yearEnd = parts.yearEnd ?? end
    needsTwelveHours = parts.needsTwelveHours
  }

  private typealias Parts = (
    date: (Int, Int, Int, Int), yearEnd: Int?, needsTwelveHours: Bool
  )

  /// `2020-01-13`, `2020/01/13`, `2020-Jan-13`.
  private static func yearFirst(_ text: ListingTokens, _ start: Int) -> Parts? {
    guard let year = text.number(start), year.digits == 4, let sign = text.sign(start + 1),
      sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/"), text.sign(start + 3) == sign,
      let month = text.month(start + 2) ?? text.number(start + 2)?.value,
      let day = text.number(start + 4), day.digits <= 2
    else { return nil }
    return ((year.value, month, day.value, start + 5), nil, false)
  }

  /// `13-Jan-2020`, `13 Jan 2020`, `13Jan2020`.
  private static func dayFirst(_ text: ListingTokens, _ start: Int) -> Parts? {
    guard let day = text.number(start), day.digits <= 2 else { return nil }
    let step = text.sign(start + 1) == UInt8(ascii: "-") ? 2 : 1
    guard let month = text.month(start + step) else { return nil }
    if step == 2, text.sign(start + 3) != UInt8(ascii: "-") { return nil }
    guard let year = text.number(start + 2 * step), year.digits == 4 else { return nil }
    return ((year.value, month, day.value, start + 2 * step + 1), nil, false)
  }

  /// `Jan 13, 2020`, `Jan 13  2020`, and `Jan 13 09:04:06 UTC 2020`, whose year comes last.
  private static func monthFirst(_ text: ListingTokens, _ start: Int) -> Parts? {
    guard let month = text.month(start), let day = text.number(start + 1), day.digits <= 2 else {
      return nil
    }
    let comma = text.sign(start + 2) == UInt8(ascii: ",") ? 1 : 0
    if let year = text.number(start + 2 + comma), year.digits == 4 {
      return ((year.value, month, day.value, start + 3 + comma), nil, false)
    }
    if let clock = Clock(text, at: start + 2), let year = text.number(clock.end),
      year.digits == 4
    {
      return ((year.value, month, day.value, start + 2), clock.end + 1, false)
    }
    return nil
  }

  /// `1/13/2020`.
  private static func numbers(_ text: ListingTokens, _ start: Int) -> Parts? {
    let slash = UInt8(ascii: "/")
    guard let month = text.number(start), month.digits <= 2, text.sign(start + 1) == slash,
      let day = text.number(start + 2), day.digits <= 2, text.sign(start + 3) == slash,
      let year = text.number(start + 4), year.digits == 4
    else { return nil }
    return ((year.value, month.value, day.value, start + 5), nil, true)
  }

  /// The days since 1970 in the Gregorian calendar; nil if there is no such day.
  var daysSince1970: Int? {
    guard year >= 1900, (1...12).contains(month) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    let before = year - 1
    let leaps = before / 4 - before / 100 + before / 400
    return before * 365 + leaps + lengths[..<(month - 1)].reduce(0, +) + day - 1 - 719_162
  }
}

/// A time of day, its zone, and where they end.
private struct Clock {
  var seconds = 0
  var hasSeconds = false
  var isTwelveHours = false
  /// Seconds east of UTC.
  var zone: Int?
  var end: Int

  init?(_ text: ListingTokens, at start: Int) {
    let colon = UInt8(ascii: ":")
    end = start
    if text.sign(end) == UInt8(ascii: ",") || text.word(end) == Array("t".utf8) { end += 1 }
    guard let hour = text.number(end), text.sign(end + 1) == colon,
      let minute = text.number(end + 2), minute.digits == 2, minute.value < 60
    else { return nil }
    var hours = hour.value
    end += 3
    seconds = minute.value * 60
    if text.sign(end) == colon, let second = text.number(end + 1), second.value <= 60 {
      seconds += second.value
      hasSeconds = true
      end += 2
      if text.sign(end) == UInt8(ascii: "."), text.number(end + 1) != nil { end += 2 }
    }
    if let half = text.word(end), half == Array("am".utf8) || half == Array("pm".utf8) {
      guard (1...12).contains(hours) else { return nil }
      hours = hours % 12 + (half[0] == UInt8(ascii: "p") ? 12 : 0)
      isTwelveHours = true
      end += 1
    }
    guard hours < 24 else { return nil }
    seconds += hours * 3600
    readZone(text)
  }

  /// `Z`, `UTC`, `GMT`, `+0000`, `+00:00`, and `+0000 UTC`.
  private mutating func readZone(_ text: ListingTokens) {
    let names = ["z", "utc", "gmt"].map { Array($0.utf8) }
    if let sign = text.sign(end), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let offset = text.number(end + 1)
    {
      var minutes: Int?
      var length = 2
      if offset.digits == 4 {
        minutes = offset.value / 100 * 60 + offset.value % 100
      } else if offset.digits == 2, text.sign(end + 2) == UInt8(ascii: ":"),
        let rest = text.number(end + 3), rest.digits == 2
      {
        minutes = offset.value * 60 + rest.value
        length = 4
      }
      guard let minutes else { return }
      zone = minutes * (sign == UInt8(ascii: "+") ? 60 : -60)
      end += length
      if let name = text.word(end), names.contains(name) { end += 1 }
    } else if let name = text.word(end), names.contains(name) {
      zone = 0
      end += 1
    }
  }
}
