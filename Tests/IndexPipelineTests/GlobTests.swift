import IndexPipeline
import StrictJSON
import Testing

@Suite("Patterns")
struct GlobTests {
  @Test(
    "A pattern for projects is normalized, its wildcards aside",
    arguments: [
      ("Acme_Core", "acme-core", true), ("acme.*", "acme-core", true), ("ACME-*", "acme", false),
      ("acme__._core*", "acme-core2", true), ("_acme_", "acme", true), ("*_", "acme", true),
      ("[A-C]cme-core", "acme-core", true), ("acme[_]core", "acme-core", true),
      ("acme[!_]core", "acme-core", false), ("acme?core", "acme-core", true),
    ]
  )
  func normalizesProjects(_ pattern: String, _ name: String, _ matches: Bool) throws {
    let glob = try Glob(pattern.utf8Span.span, spelling: .project)
    #expect(glob.matches(name) == matches)
  }

  @Test("A pattern of separators only is empty")
  func refusesSeparators() {
    #expect(throws: Glob.Problem.empty) { try Glob("_-.".utf8Span.span, spelling: .project) }
  }

  @Test("File names are compared byte by byte, tags in any case")
  func comparesCases() throws {
    #expect(try !Glob("*.WHL".utf8Span.span).matches("a.whl"))
    #expect(try Glob("CP3[A-Z1]*".utf8Span.span, spelling: .lowercase).matches("cp311"))
  }

  @Test("Bytes that Characters hide are seen")
  func seesBytes() throws {
    #expect(try !Glob("a/b".utf8Span.span).matches("a/\u{301}b"))
    #expect(try Glob("a/*b".utf8Span.span).matches("a/\u{301}b"))
  }

  @Test("Only a pattern without wildcards is a literal")
  func findsLiterals() throws {
    #expect(try Glob("a-1".utf8Span.span).literal == Array("a-1".utf8))
    for pattern in ["a*", "a?", "[a]", "*"] {
      #expect(try Glob(pattern.utf8Span.span).literal == nil)
    }
  }
}
