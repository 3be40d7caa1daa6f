public import StrictJSON

/// A day of the proleptic Gregorian calendar.
package struct CivilDate {
  package var year: Int64
  package var month: Int64
  package var day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Counts days in years that begin on 1 March, so that the leap day is the last of its year.
  var daysSinceEpoch: Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package init(daysSinceEpoch days: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

extension ByteBuffer {
  /// Appends `YYYY-MM-DD`, UTC.
  public mutating func append(date time: Timestamp) {
    let days = (time.seconds - Self.secondOfDay(time)) / 86_400
    let date = CivilDate(daysSinceEpoch: days)
    append(twoDigits: date.year / 100)
    append(twoDigits: date.year % 100)
    append(UInt8(ascii: "-"))
    append(twoDigits: date.month)
    append(UInt8(ascii: "-"))
    append(twoDigits: date.day)
  }

  /// Appends `HH:MM:SS`, UTC.
  public mutating func append(timeOfDay time: Timestamp) {
    let second = Self.secondOfDay(time)
    append(twoDigits: second / 3600)
    append(UInt8(ascii: ":"))
    append(twoDigits: second / 60 % 60)
    append(UInt8(ascii: ":"))
    append(twoDigits: second % 60)
  }

  /// Appends `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`: as many digits of the fraction as it has.
  ///
  /// Source: PEP 700.
  public mutating func append(rfc3339 time: Timestamp) {
    append(date: time)
    append(UInt8(ascii: "T"))
    append(timeOfDay: time)
    append(fractionOf: time)
    append(UInt8(ascii: "Z"))
  }

  /// Appends seconds since the epoch as a JSON number.
  public mutating func append(epochSeconds time: Timestamp) {
    let isNegative = time.microseconds < 0
    let magnitude = time.microseconds.magnitude
    if isNegative { append(UInt8(ascii: "-")) }
    append(decimal: Int(magnitude / 1_000_000))
    append(fraction: Int64(magnitude % 1_000_000))
  }

  private mutating func append(fractionOf time: Timestamp) { append(fraction: time.fraction) }

  private mutating func append(fraction: Int64) {
    guard fraction != 0 else { return }
    append(UInt8(ascii: "."))
    var rest = fraction
    var place: Int64 = 100_000
    while rest > 0 {
      append(UInt8(ascii: "0") + UInt8(rest / place))
      rest %= place
      place /= 10
    }
  }

  private mutating func append(twoDigits number: Int64) {
    append(UInt8(ascii: "0") + UInt8(number / 10))
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  private static func secondOfDay(_ time: Timestamp) -> Int64 {
    let rest = time.seconds % 86_400
    return rest < 0 ? rest + 86_400 : rest
  }
}
