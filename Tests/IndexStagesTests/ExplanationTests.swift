import IndexPipeline
import TestSupport
import Testing

@Suite("Explanations of codes")
struct ExplanationTests {
  /// Codes that are made of a word and a kind of stage.
  private static let composed = [#"missing-\(kind)"#: ["missing-source", "missing-sink"]]

  @Test("Each code in the sources has an explanation, and each explanation a code")
  func isComplete() throws {
    let explained = Explanation.all.map(\.code)
    let used = try Self.codesInSources().sorted()
    for code in used where !explained.contains(code) { Issue.record("\(code) is not explained") }
    for code in explained where !used.contains(code) { Issue.record("nothing says \(code)") }
    #expect(Set(explained).count == explained.count)
  }

  @Test("The table of each part is sorted, and its texts are sentences")
  func isOrderly() {
    #expect(Explanation.all.map(\.code) == Explanation.all.map(\.code).sorted())
    for explanation in Explanation.all {
      #expect(explanation.meaning.hasSuffix("."), "\(explanation.code)")
      #expect(explanation.remedy.hasSuffix("."), "\(explanation.code)")
      #expect(explanation.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 80 })
    }
  }

  /// The words that stand where a failure is made; the kit fails tests, not runs.
  private static func codesInSources() throws -> Set<String> {
    let sources = GoldenFolder(repository: "Sources")
    var codes: Set<String> = []
    for name in try sources.names() where name.hasSuffix(".swift") {
      if name.hasPrefix("IndexTesting/") || name.contains("/Explanation+") { continue }
      // A word of HTML is none.
      if name.hasPrefix("DescriptionMarkup/") { continue }
      let text = String(decoding: try sources.read(name), as: UTF8.self)
      let patterns = [
        #/(?:code: |refuse\(\s*)"([a-z]+(?:-(?:[a-z]+|\\\([a-z]+\)))*)"/#,
        #/refusal\(\s*"([a-z]+(?:-[a-z]+)+)"/#,
        #/code: [a-zA-Z. =]+ \? "([a-z-]+)"/#,
        #/code: [a-zA-Z. =]+ \? "[a-z-]+" : "([a-z-]+)"/#,
      ]
      for match in patterns.flatMap({ text.matches(of: $0) }) {
        let code = String(match.output.1)
        codes.formUnion(composed[code] ?? [code])
      }
      // Where a function or a property gives codes, each is the first of its tuple or alone.
      guard text.contains("code: String,") || text.contains("var code: String {") else { continue }
      for match in text.matches(of: #/(?:[: ]\(\s*|: )"([a-z]+(?:-[a-z]+)+)"/#) {
        codes.insert(String(match.output.1))
      }
    }
    return codes
  }
}
