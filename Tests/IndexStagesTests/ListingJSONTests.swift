import IndexTransport
import Testing

@testable import IndexStages

@Suite("Listings in JSON")
struct ListingJSONTests {
  @Test("A size that no file has is not known", arguments: [("9", 9), ("-9", nil), ("1.5", nil)])
  func readsSizes(written: String, size: Int?) throws {
    let text = #"[{"name": "a-1.zip", "type": "file", "size": \#(written)}]"#
    let entries = try #require(try ListingJSONReader().read(Array(text.utf8)))
    #expect(entries.map(\.size) == [size.map { .exact($0) }])
  }
}
