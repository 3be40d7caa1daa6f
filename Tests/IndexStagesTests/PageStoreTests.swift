import IndexTransport
import StrictJSON
import Testing

@testable import IndexStages

/// What the run before has kept of pages is refused when the file is damaged.
@Suite struct PageStoreTests {
  @Test("The place of the lines is a number of digits", arguments: ["-1", "+1", " 1", "1 ", "x1"])
  func refusesPlaces(number: String) throws {
    let scratch = try ScratchFolder()
    let zeros = String(repeating: "0", count: 20 - number.utf8.count)
    try Directory.replaceFile(
      "\(scratch.path)/pages",
      with: "{}\nlarder pages 1 \(zeros)\(number)\n".utf8Span.span
    )
    #expect(throws: PageStore.Damage.self) { try PageStore(path: "\(scratch.path)/pages") }
  }
}
