import Testing

@testable import IndexStages

@Suite("Kept pages")
struct PageStoreTests {
  @Test(
    "The end of a file names a place in it, in digits",
    arguments: [
      ("00000000000000000000", 0), ("00000000000000000120", 120),
      ("-0100000000000000061", nil), ("+0000000000000000120", nil),
      ("99999999999999999999", nil), (" 0000000000000000120", nil),
    ]
  )
  func readsPlaces(digits: String, place: Int?) {
    #expect(PageStoreFormat.start(in: Array("larder pages 1 \(digits)\n".utf8)) == place)
  }
}
