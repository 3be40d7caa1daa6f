import StrictJSON
import Testing

/// Where errors point and what they say, since people read them.
@Suite struct ErrorTests {
  @Test func pointsAtATrailingCommaInAPipelineFile() throws {
    let text = Array(
      """
      {
        "version": 1,
        "sources": [
          { "type": "file", "path": "packages.txt" },
        ],
        "sinks": []
      }

      """.utf8
    )
    let mistake = try #require(mistakeOfDocument(in: text))
    #expect(mistake.code == .trailingCommaInArray)
    #expect(mistake.message == "trailing comma in an array")
    #expect(mistake.hint == "remove this comma")
    #expect(mistake.range.count == 1)
    #expect(text[mistake.range.lowerBound] == UInt8(ascii: ","))
    let place = SourceLocation(of: mistake.range.lowerBound, in: text.span)
    #expect(place == SourceLocation(line: 4, column: 47))
    #expect(JSONPointer(at: mistake.range.lowerBound, in: text.span).description == "/sources")
  }

  @Test(arguments: [
    ("[1, 2 3]", "3", "missing comma"),
    ("{\"a\": 1, }", ",", "trailing comma in an object"),
    ("{\"a\" 1}", "1", "missing colon after a key"),
    ("[1, // one\n 2]", "// one", "comment"),
    ("[1 /* one */, 2]", "/* one */", "comment"),
    ("{'key': 1}", "'key'", "single quotes"),
    ("[it's]", "it", "unknown word"),
    ("{key: 1}", "key", "key without quotes"),
    ("[True]", "True", "unknown word"),
    ("[-01.5]", "-01.5", "malformed number"),
    ("[1e999]", "1e999", "number out of range"),
    ("[\"\\q\"]", "\\q", "unknown escape in a string"),
    ("[\"\\é\"]", "\\é", "unknown escape in a string"),
    ("[\"\\ud800 \"]", "\\ud800", "half of a surrogate pair in a string"),
    ("[\"a\tb\"]", "\t", "control character in a string"),
    ("{\"a\": 1, \"a\": 2}", "\"a\"", "duplicate key"),
    ("\u{FEFF}{}", "\u{FEFF}", "byte order mark"),
    ("[1, é]", "é", "unexpected character"),
    ("[] []", "[", "text after the end of the value"),
    ("[1, 2", "", "the text ends too early"),
  ])
  func pointsAtWhatIsWrong(_ text: String, _ part: String, _ message: String) throws {
    let bytes = Array(text.utf8)
    let mistake = try #require(mistakeOfDocument(in: bytes))
    #expect(Array(bytes[mistake.range]) == Array(part.utf8))
    #expect(mistake.message == message)
    #expect(!mistake.hint.isEmpty)
  }

  @Test func namesKindsWithArticles() {
    let mistake = JSONError(.unexpectedKind(expected: .array, found: .object), at: 0..<2)
    #expect(mistake.message == "expected an array, found an object")
    #expect(mistake.hint == "write an array here")
  }
}
