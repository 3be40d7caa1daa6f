import IndexModel
import StrictJSON
import TestSupport
import Testing

@Suite("Timestamps")
struct TimestampTests {
  private func read(_ text: String) -> Timestamp? { Timestamp(rfc3339: text.utf8Span.span) }

  private func readSeconds(_ text: String) -> Timestamp? {
    Timestamp(decimalSeconds: text.utf8Span.span)
  }

  private func written(_ write: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer()
    write(&buffer)
    return String(decoding: buffer.span)
  }

  private func rfc3339(_ time: Timestamp) -> String { written { $0.append(rfc3339: time) } }

  /// A time and its microseconds since the epoch.
  static let times: [(String, Int64)] = [
    ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1),
    ("1969-12-31T23:59:59.999999Z", -1), ("2018-06-09T23:26:45Z", 1_528_586_805_000_000),
    ("2018-06-09T23:26:45.5Z", 1_528_586_805_500_000),
    ("2000-02-29T12:00:00Z", 951_825_600_000_000), ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
    ("2100-02-28T23:59:59Z", 4_107_542_399_000_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ]

  @Test("A time is read and written to the microsecond", arguments: times)
  func readsAndWrites(_ text: String, _ microseconds: Int64) throws {
    let time = try #require(read(text))
    #expect(time.microseconds == microseconds)
    #expect(rfc3339(time) == text)
    #expect(Timestamp(microseconds: microseconds) == time)
  }

  @Test(
    "Every form that RFC 3339 allows is read",
    arguments: [
      ("2018-06-10T01:26:45+02:00", "2018-06-09T23:26:45Z"),
      ("2018-06-09T13:56:45-09:30", "2018-06-09T23:26:45Z"),
      ("2018-06-09 23:26:45Z", "2018-06-09T23:26:45Z"),
      ("2018-06-09t23:26:45z", "2018-06-09T23:26:45Z"),
      ("2018-06-09T23:26:45.120000-00:00", "2018-06-09T23:26:45.12Z"),
      ("2018-06-09T23:26:45.000000Z", "2018-06-09T23:26:45Z"),
    ]
  )
  func readsForms(_ text: String, _ expected: String) throws {
    #expect(rfc3339(try #require(read(text))) == expected)
  }

  @Test(
    "What is no time is refused",
    arguments: [
      "", "2018-06-09", "2018-06-09T23:26:45", "2018-06-09T23:26Z", "2018-6-9T23:26:45Z",
      "2018-13-01T00:00:00Z", "2018-00-01T00:00:00Z", "2018-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z", "2018-04-31T00:00:00Z", "2018-06-00T00:00:00Z",
      "2018-06-09T24:00:00Z", "2018-06-09T23:60:00Z", "2018-06-09T23:59:60Z",
      "2018-06-09T23:26:45.Z", "2018-06-09T23:26:45.1234567Z", "2018-06-09T23:26:45ZZ",
      "2018-06-09T23:26:45+2:00", "2018-06-09T23:26:45+0200", "2018-06-09T23:26:45+24:00",
      "2018-06-09T23:26:45+02:60", "2018-06-09T23:26:45.5", "2018-06-09_23:26:45Z",
      "2018/06/09T23:26:45Z", "2018-06-09T23.26.45Z", "0000-12-31T00:00:00Z",
      "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", " 2018-06-09T23:26:45Z",
    ]
  )
  func refuses(_ text: String) {
    #expect(read(text) == nil)
  }

  @Test(
    "Seconds since the epoch are read to the microsecond",
    arguments: [
      ("0", 0), ("-0", 0), ("1528586805", 1_528_586_805_000_000), ("0.5", 500_000),
      ("-0.5", -500_000), ("1.000001", 1_000_001), ("1.0000019", 1_000_001),
      ("1528586805.25", 1_528_586_805_250_000), ("253402300799.999999", 253_402_300_799_999_999),
      ("-62135596800", -62_135_596_800_000_000),
      ("1.0000000000000000000000000000000009", 1_000_000),
    ] as [(String, Int64)]
  )
  func readsSeconds(_ text: String, _ microseconds: Int64) {
    #expect(readSeconds(text)?.microseconds == microseconds)
  }

  @Test(
    "Seconds outside of years 1 to 9999, or with an exponent, are refused",
    arguments: [
      "", "-", "253402300800", "-62135596801", "9999999999999", "1e9", "1.5e9", "1.0000000e9",
      "1.000000000000000000000000000000e9", "1.-5", "0x10", "1.2.3",
    ]
  )
  func refusesSeconds(_ text: String) {
    #expect(readSeconds(text) == nil)
  }

  @Test("The bounds are those of years 1 to 9999")
  func keepsBounds() {
    #expect(Timestamp(seconds: -62_135_596_801) == nil)
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp(seconds: .max) == nil)
    #expect(Timestamp(microseconds: .min) == nil)
    #expect(Timestamp(microseconds: 253_402_300_800_000_000) == nil)
  }

  @Test("Whole seconds are rounded down, the rest is never negative")
  func splitsSeconds() throws {
    let time = try #require(Timestamp(microseconds: -1))
    #expect(time.seconds == -1)
    #expect(time.fraction == 999_999)
  }

  @Test("Any moment is read back from both of its forms, and keeps its order")
  func roundTrips() throws {
    var random = SeededGenerator(seed: 3339)
    var before = try #require(Timestamp(seconds: 0))
    for _ in 0..<5000 {
      let range = -62_135_596_800_000_000..<253_402_300_800_000_000 as Range<Int64>
      let time = try #require(Timestamp(microseconds: .random(in: range, using: &random)))
      #expect(read(rfc3339(time)) == time)
      #expect(readSeconds(written { $0.append(epochSeconds: time) }) == time)
      #expect((time < before) == (rfc3339(time) < rfc3339(before)))
      before = time
    }
  }

  @Test("Each day follows the day before")
  func countsDays() throws {
    var (year, month, day) = (1999, 1, 1)
    let first = try #require(read("1999-01-01T00:00:00Z")).seconds
    for offset in 0..<(366 * 4) {
      let time = try #require(Timestamp(seconds: first + Int64(offset) * 86_400))
      let name = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
      #expect(written { $0.append(date: time) } == name)
      day += 1
      let lengths = [31, year == 2000 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }
}
