import IndexModel
import TestSupport
import Testing

@Suite("Project names")
struct ProjectNameTests {
  private func isValid(_ name: String) -> Bool { ProjectName.isValid(name.utf8Span.span) }

  private func isNormalized(_ name: String) -> Bool {
    ProjectName.isNormalized(name.utf8Span.span)
  }

  private func normalized(_ name: String) -> String {
    var output: [UInt8] = []
    ProjectName.appendNormalized(name.utf8Span.span, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(
    "A normalized name is lower case with one hyphen for each run of separators",
    arguments: [
      ("requests", "requests"), ("Foo.Bar_baz", "foo-bar-baz"), ("a-._-b", "a-b"), ("A1", "a1"),
      ("oslo.concurrency", "oslo-concurrency"), ("a--b__c..d", "a-b-c-d"), ("0", "0"),
    ]
  )
  func normalizes(_ name: String, _ expected: String) {
    #expect(isValid(name))
    #expect(normalized(name) == expected)
    #expect(isNormalized(name) == (name == expected))
    #expect(isNormalized(expected))
  }

  @Test(
    "A name that does not begin and end with a letter or a digit is not valid",
    arguments: [
      "", "-", ".", "_", "-a", "a-", ".a", "a.", "_a_", "a b", "a\n", "\na", "a\0", "a+b", "a!b",
      "a~b", "a/b", "caf\u{E9}", "\u{212A}", "a\u{301}",
    ]
  )
  func refuses(_ name: String) {
    #expect(!isValid(name))
    #expect(!isNormalized(name))
  }

  @Test(
    "A valid name that is not normalized is told apart",
    arguments: ["A", "a_b", "a.b", "a--b", "aB", "a-_b"]
  )
  func refusesAsNormalized(_ name: String) {
    #expect(isValid(name))
    #expect(!isNormalized(name))
  }

  @Test(
    "Separators at the ends leave no trace in a folder's name",
    arguments: [("-foo", "foo"), ("_foo_", "foo"), ("..a--", "a"), ("___", ""), ("", "")]
  )
  func trims(_ name: String, _ expected: String) {
    #expect(normalized(name) == expected)
  }

  @Test("Letters outside of ASCII keep their bytes")
  func keepsForeignLetters() {
    #expect(normalized("\u{212A}elvin") == "\u{212A}elvin")
  }

  @Test("What is appended stands behind what was there")
  func appends() {
    var output = Array("simple/".utf8)
    let name = Array("-Foo_Bar".utf8)
    ProjectName.appendNormalized(name.span, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "simple/foo-bar")
  }

  @Test("The normalized form of a valid name is normalized, and its own normalized form")
  func normalizingTwiceChangesNothing() {
    var random = SeededGenerator(seed: 503)
    let letters = Array("aZ09.-_").map(String.init)
    for _ in 0..<5000 {
      let count = Int.random(in: 1...9, using: &random)
      let name = (0..<count).map { _ in random.pick(letters) }.joined()
      guard isValid(name) else { continue }
      let once = normalized(name)
      #expect(isNormalized(once), "\(name)")
      #expect(normalized(once) == once)
    }
  }
}
