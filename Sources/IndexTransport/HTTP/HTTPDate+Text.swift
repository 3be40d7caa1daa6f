// All three forms that receivers have to read.

extension HTTPDate {
  /// Reads a date in one of the three forms of RFC 9110 5.6.7; `nil` if it is none.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes.span)
  }

  /// Reads a date in one of the three forms of RFC 9110 5.6.7; `nil` if it is none.
  ///
  /// - Parameter now: Decides the century of a year of two digits: the last one that is at most
  ///   fifty years ahead.
  public init?(_ text: borrowing Span<UInt8>, now: HTTPDate = .now) {
    var scan = Scan()
    scan.readName(text, of: Self.days)
    if scan.skip(text, ", ") {
      self.init(fixed: &scan, text)
    } else if scan.skip(text, " ") {
      self.init(asctime: &scan, text)
    } else {
      self.init(long: &scan, text, now: now)
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` after the comma.
  private init?(fixed scan: inout Scan, _ text: borrowing Span<UInt8>) {
    let day = scan.readNumber(text, 2)
    scan.expect(text, " ")
    let month = scan.readName(text, of: Self.months)
    scan.expect(text, " ")
    let year = scan.readNumber(text, 4)
    scan.expect(text, " ")
    self.init(&scan, text, year: year, month: month, day: day, end: " GMT")
  }

  /// `Sunday, 06-Nov-94 08:49:37 GMT` after the third letter.
  private init?(long scan: inout Scan, _ text: borrowing Span<UInt8>, now: HTTPDate) {
    let rests = ["day", "sday", "nesday", "rsday", "urday"]
    _ = rests.contains { scan.skip(text, $0) }
    scan.expect(text, ", ")
    let day = scan.readNumber(text, 2)
    scan.expect(text, "-")
    let month = scan.readName(text, of: Self.months)
    scan.expect(text, "-")
    var year = now.year / 100 * 100 + scan.readNumber(text, 2)
    if year > now.year + 50 { year -= 100 }
    scan.expect(text, " ")
    self.init(&scan, text, year: year, month: month, day: day, end: " GMT")
  }

  /// `Sun Nov  6 08:49:37 1994` after the first space.
  private init?(asctime scan: inout Scan, _ text: borrowing Span<UInt8>) {
    let month = scan.readName(text, of: Self.months)
    scan.expect(text, " ")
    let day = scan.readNumber(text, scan.skip(text, " ") ? 1 : 2)
    scan.expect(text, " ")
    var clock = scan
    scan.index += 9
    let year = scan.readNumber(text, 4)
    guard scan.isValid, scan.index == text.count else { return nil }
    self.init(&clock, text, year: year, month: month, day: day, end: nil)
  }

  private init?(
    _ scan: inout Scan,
    _ text: borrowing Span<UInt8>,
    year: Int,
    month: Int,
    day: Int,
    end: StaticString?
  ) {
    let hour = scan.readNumber(text, 2)
    scan.expect(text, ":")
    let minute = scan.readNumber(text, 2)
    scan.expect(text, ":")
    let second = scan.readNumber(text, 2)
    if let end {
      scan.expect(text, "\(end)")
      guard scan.index == text.count else { return nil }
    } else {
      scan.expect(text, " ")
    }
    guard scan.isValid else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}

/// A place in a text, which stays where something else was expected.
private struct Scan {
  var index = 0
  var isValid = true

  /// Goes past the literal if it is there.
  mutating func skip(_ text: borrowing Span<UInt8>, _ literal: String) -> Bool {
    var end = index
    for byte in literal.utf8 {
      guard end < text.count, text[end] == byte else { return false }
      end += 1
    }
    index = end
    return true
  }

  mutating func expect(_ text: borrowing Span<UInt8>, _ literal: String) {
    if !skip(text, literal) { isValid = false }
  }

  /// The number of exactly so many digits.
  mutating func readNumber(_ text: borrowing Span<UInt8>, _ digits: Int) -> Int {
    var number = 0
    for _ in 0..<digits {
      guard index < text.count, text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9")
      else {
        isValid = false
        return 0
      }
      number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
      index += 1
    }
    return number
  }

  /// The place of a name among `names`, from 1.
  @discardableResult
  mutating func readName(_ text: borrowing Span<UInt8>, of names: [String]) -> Int {
    for (place, name) in names.enumerated() where skip(text, name) { return place + 1 }
    isValid = false
    return 0
  }
}
