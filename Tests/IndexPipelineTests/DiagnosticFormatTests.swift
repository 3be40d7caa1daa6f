import IndexPipeline
import StrictJSON
import Testing

@Suite("Diagnostics for programs")
struct DiagnosticFormatTests {
  private static let diagnostic: Diagnostic = {
    let excerpt = Excerpt(
      path: "a b,c:d.json",
      line: 3,
      text: Array("  \u{E9} \"x\"".utf8),
      range: 5..<8,
      note: "100% \"so\"",
      pointer: "/a"
    )
    return Diagnostic(
      .warning,
      code: "x-y",
      "one\ntwo",
      excerpt: excerpt,
      remarks: [.note("n"), Remark("", "bare"), Remark("stderr", "", lines: ["l1", "l2"])]
    )
  }()

  @Test("People see all lines of a remark")
  func printsText() {
    #expect(
      DiagnosticPrinter.text(of: Self.diagnostic) == """
        warning[x-y]: one\u{FFFD}two
          --> a b,c:d.json:3:5 at /a
           |
         3 |   \u{E9} "x"
           |     ^^^ 100% "so"
           |
           = note: n
           = bare
           = stderr:
               l1
               l2
        """
    )
  }

  @Test("JSON has all of it in one line")
  func printsJSON() throws {
    let text = DiagnosticPrinter.json(of: Self.diagnostic)
    #expect(!text.utf8.contains(0x0A))
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    #expect(root["level"]?.string == "warning" && root["code"]?.string == "x-y")
    #expect(root["file"]?.string == "a b,c:d.json" && root["line"]?.integer == 3)
    #expect(root["column"]?.integer == 5 && root["end_column"]?.integer == 8)
    #expect(root["pointer"]?.string == "/a" && root["msg"]?.string == "one\ntwo")
    #expect(root["remarks"]?.elements?.count == 3)
    let plain = DiagnosticPrinter.json(of: Diagnostic(code: "c", "m"))
    let members = try JSONDocument(parsing: Array(plain.utf8)).root.members
    #expect(members?.map(\.key) == ["v", "level", "event", "code", "msg", "remarks"])
  }

  @Test("GitHub gets one line in which nothing ends the command")
  func printsAnnotation() {
    #expect(
      DiagnosticPrinter.annotation(of: Self.diagnostic)
        == "::warning file=a b%2Cc%3Ad.json,line=3,col=5,endColumn=8,title=x-y::one%0Atwo%0A"
        + "100%25 \"so\"%0Anote: n%0Abare%0Astderr: %0Al1%0Al2"
    )
  }

  @Test("SARIF names each rule once")
  func printsSARIF() throws {
    let text = DiagnosticPrinter.sarif(
      of: [Self.diagnostic, Self.diagnostic, Diagnostic(code: "c", "m")],
      version: "1.2"
    )
    let run = try JSONDocument(parsing: Array(text.utf8)).root["runs"]?.elements?.first
    let rules = run?["tool"]?["driver"]?["rules"]?.elements
    #expect(rules?.compactMap { $0["id"]?.string } == ["c", "x-y"])
    let results = try #require(run?["results"]?.elements)
    #expect(results.map { $0["level"]?.string } == ["warning", "warning", "error"])
    let place = results[0]["locations"]?.elements?.first?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"]?.string == "a%20b%2Cc%3Ad.json")
    #expect(results[2]["locations"] == nil)
  }
}
