import IndexPipeline
import IndexTesting
import StrictJSON
import Testing

@Suite("The report of a run")
struct ReportTests {
  private func parsed(_ report: Report) throws -> JSONValue {
    try JSONDocument(parsing: report.json()).root
  }

  @Test("The report of nothing is JSON")
  func writesEmpty() throws {
    let root = try parsed(Report())
    #expect(
      root.members?.map(\.key) == [
        "version", "published", "projects", "distributions", "stages", "sinks", "hooks", "skipped",
        "duplicates", "disabled", "warnings", "empty_filters",
      ]
    )
    #expect(root["version"]?.integer == 1)
    #expect(root["published"]?.boolean == false)
    for key in ["stages", "sinks", "skipped", "duplicates", "warnings"] {
      #expect(root[key]?.elements?.isEmpty == true)
    }
  }

  @Test("The report of a run says what was read, left out and written")
  func writesRun() async throws {
    let bad = "\"<\u{1}\\\u{E9}\n"
    var report = Report()
    let lines = [
      #"{"filename":"foo-1.zip"}"#, bad, #"{"filename":"foo-1.zip","size":1}"#, "bar-1.zip",
    ]
    try await Pipeline.make([lines], [MemorySink(warnings: ["\"quoted\"", "two"])])
      .run(report: &report)
    let root = try parsed(report)
    #expect(root["published"]?.boolean == true)
    #expect(root["projects"]?.integer == 2)
    #expect(root["distributions"]?.integer == 2)
    let stages = try #require(root["stages"]?.elements)
    #expect(stages.compactMap { $0["kind"]?.string } == ["source", "catalog", "render", "sink"])
    #expect(stages[0]["in"]?.integer == 4)
    #expect(stages[0]["out"]?.integer == 3)
    #expect(stages[0]["dropped"]?["bad-line"]?.integer == 1)
    #expect(stages[1]["dropped"]?["duplicate"]?.integer == 1)
    #expect(stages.allSatisfy { $0["ms"]?.integer != nil && $0["bytes"]?.integer != nil })
    let skipped = try #require(root["skipped"]?.elements?.first)
    #expect(skipped["path"]?.string == "memory")
    #expect(skipped["line"]?.integer == 2)
    #expect(skipped["code"]?.string == "bad-line")
    #expect(skipped["text"]?.string == bad)
    let duplicate = try #require(root["duplicates"]?.elements?.first)
    #expect(duplicate["filename"]?.string == "foo-1.zip")
    #expect(duplicate["dropped_line"]?.integer == 1)
    #expect(duplicate["kept_line"]?.integer == 3)
    #expect(duplicate["conflict"]?.boolean == false)
    #expect(
      root["warnings"]?.elements?.compactMap { $0["message"]?.string } == ["\"quoted\"", "two"]
    )
  }

  @Test("Bytes that are not UTF-8 do not break the report")
  func writesBadBytes() throws {
    var report = Report()
    let excerpt = Excerpt(path: "a\u{0}", line: 7, text: [0xFF, 0x22, 0x00], range: 0..<9)
    report.skipped = [SkippedLine(excerpt, code: "x", reason: "y")]
    let skipped = try #require(try parsed(report)["skipped"]?.elements?.first)
    #expect(skipped["text"]?.string == "\u{FFFD}\"\u{0}")
    #expect(excerpt.range == 0..<3)
  }
}
