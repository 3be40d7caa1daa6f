import Testing

@testable import IndexTransport

@Suite struct HTTPDateTests {
  @Test(
    "All three forms of RFC 9110 are read",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ]
  )
  func readsForms(text: String) {
    #expect(HTTPDate(text)?.seconds == 784_111_777)
    #expect(HTTPDate(text)?.description == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test(
    "All days of the week are read in the long form",
    arguments: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  )
  func readsLongDays(day: String) {
    #expect(HTTPDate("\(day), 06-Nov-94 08:49:37 GMT")?.seconds == 784_111_777)
  }

  @Test("A year of two digits is at most fifty years ahead")
  func readsShortYears() throws {
    let now = try #require(HTTPDate("Thu, 01 Jan 2026 00:00:00 GMT"))
    for (digits, year) in [("26", "2026"), ("76", "2076"), ("77", "1977"), ("99", "1999")] {
      let text = Array("Monday, 01-Jan-\(digits) 00:00:00 GMT".utf8)
      let date = HTTPDate(text.span, now: now)
      let written = date?.description.utf8.dropFirst(12).prefix(4)
      #expect(written?.elementsEqual(year.utf8) == true)
    }
  }

  @Test("A leap second is the next second, and leap days are counted")
  func knowsLeaps() {
    #expect(HTTPDate("Sat, 31 Dec 2016 23:59:60 GMT") == HTTPDate("Sun, 01 Jan 2017 00:00:00 GMT"))
    #expect(HTTPDate("Tue, 29 Feb 2000 00:00:00 GMT")?.seconds == 951_782_400)
    #expect(HTTPDate("Mon, 29 Feb 1900 00:00:00 GMT") == nil)
  }

  @Test(
    "What is none of the forms is no date",
    arguments: [
      "", "0", "Sun", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
      "Sun, 06 Nov 1994 08:49:37 GMT ", " Sun, 06 Nov 1994 08:49:37 GMT",
      "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
      "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
      "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 94", "Sun Nov  6 08:49:37 1994 GMT",
      "Sun, 06 Nov 1994 08:49:37 GMT\u{301}",
    ]
  )
  func refusesOthers(text: String) {
    #expect(HTTPDate(text) == nil)
  }

  @Test("Servers are waited for as long as they ask, and for a minute at most")
  func readsWaits() throws {
    let now = try #require(HTTPDate("Sun, 06 Nov 1994 08:49:37 GMT"))
    let waits: [(String, Duration?)] = [
      ("0", .seconds(0)), ("1", .seconds(1)), ("60", .seconds(60)), ("61", .seconds(60)),
      ("00000000000000000000007", .seconds(7)), ("99999999999999999999", .seconds(60)),
      ("-1", nil), ("+1", nil), ("1.5", nil), ("", nil), (" 1", nil), ("soon", nil),
      ("Sun, 06 Nov 1994 08:49:40 GMT", .seconds(3)),
      ("Sun, 06 Nov 1994 08:49:30 GMT", .seconds(0)),
      ("Fri, 31 Dec 9999 23:59:59 GMT", .seconds(60)),
      ("Mon, 01 Jan 0001 00:00:00 GMT", .seconds(0)),
    ]
    for (text, wait) in waits {
      let bytes = Array(text.utf8)
      let read = RetryAfter.wait(bytes.span, now: now)
      #expect(read == wait, "\(text)")
    }
  }
}
