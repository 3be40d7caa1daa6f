import StrictJSON
import Testing

@Suite struct DocumentTests {
  @Test func keepsOrderValuesAndRanges() throws {
    let text = Array(#" {"b": [1, "x\n"], "a": {"n": null, "t": true}} "#.utf8)
    let root = try JSONDocument(parsing: text).root
    #expect(root.kind == .object)
    #expect(root.range == 1..<text.count - 1)
    let members = try #require(root.members)
    #expect(members.map(\.key) == ["b", "a"])
    #expect(Array(text[members[0].keyRange]) == Array("\"b\"".utf8))
    let elements = try #require(root["b"]?.elements)
    #expect(elements.map(\.kind) == [.number, .string])
    #expect(elements[0].integer == 1)
    #expect(elements[0].double == 1)
    #expect(elements[1].string == "x\n")
    #expect(Array(text[elements[1].range]) == Array(#""x\n""#.utf8))
    #expect(root["a"]?["t"]?.boolean == true)
    #expect(root["a"]?["n"]?.kind == .null)
    #expect(root["c"] == nil)
    #expect(root["b"]?["a"] == nil)
  }

  @Test func findsMembersByBytes() throws {
    let root = try JSONDocument(parsing: Array("{\"e\u{301}\": 1}".utf8)).root
    #expect(root["e\u{301}"]?.integer == 1)
    #expect(root["\u{E9}"]?.integer == nil)
  }

  @Test(arguments: [
    (0, ""), (1, ""), (2, "/a~1b"), (6, "/a~1b"), (9, "/a~1b"), (10, "/a~1b/0"), (11, "/a~1b"),
    (13, "/a~1b/1"), (14, "/a~1b/1/m~0n"), (20, "/a~1b/1/m~0n"), (23, "/a~1b/1/m~0n"),
    (24, "/a~1b/1"), (25, "/a~1b/1"), (26, "/a~1b"), (27, ""), (28, ""), (99, ""),
  ])
  func findsThePathAroundAnOffset(_ offset: Int, _ path: String) {
    //                    0         1         2
    //                    012345678901234567890123456
    let text = Array(##" {"a/b" :[1, {"m~n":true }] }"##.utf8)
    #expect(JSONPointer(at: offset, in: text.span).description == path)
  }

  @Test(arguments: [
    ("{\"a\": tru}", "/a"), ("{\"a\": [1, {\"b\": 01}]}", "/a/1/b"), ("[0, 1 2]", ""),
    ("{\"a\": [0, 1 2]}", "/a"), ("{\"a\": [0, \"\\q\"]}", "/a/1"), ("{\"x\": {\"a\": 1,}}", "/x"),
    ("{\"a\":", "/a"),
  ])
  func findsThePathOfAMistake(_ text: String, _ path: String) throws {
    let bytes = Array(text.utf8)
    let mistake = try #require(mistakeOfDocument(in: bytes))
    let pointer = JSONPointer(at: mistake.range.lowerBound, in: bytes.span)
    #expect(pointer.description == path)
  }

  @Test func findsThePathOfEveryValue() throws {
    let text = Array(sample.utf8)
    func check(_ value: JSONValue, _ path: JSONPointer) {
      #expect(JSONPointer(at: value.range.lowerBound, in: text.span) == path)
      for member in value.members ?? [] {
        check(member.value, path.appending(key: member.key))
        #expect(
          JSONPointer(at: member.keyRange.lowerBound, in: text.span)
            == path.appending(key: member.key)
        )
      }
      for (index, element) in (value.elements ?? []).enumerated() {
        check(element, path.appending(index: index))
      }
    }
    check(try JSONDocument(parsing: text).root, JSONPointer())
  }

  @Test(arguments: [
    (0, 1, 1), (1, 1, 2), (2, 2, 1), (3, 2, 2), (5, 2, 3), (9, 2, 4), (10, 3, 1), (11, 4, 1),
    (12, 4, 2), (99, 4, 2),
  ])
  func countsLinesAndScalars(_ offset: Int, _ line: Int, _ column: Int) {
    let text = Array("a\nbé😀\n\nc".utf8)
    let place = SourceLocation(of: offset, in: text.span)
    #expect(place == SourceLocation(line: line, column: column))
  }
}
