import IndexPipeline
import Testing

@Suite("Parts of a pipeline in files of their own")
struct PipelinePartTests {
  private func check(_ transforms: String, _ parts: [String: String]) throws -> PipelineCheck {
    let text = """
      { "version": 1, "sources": [{ "type": "stdin" }], "render": {},
        "transforms": [
          \(transforms)
        ],
        "sinks": [{ "type": "filesystem", "path": "public" }] }
      """
    return PipelineFile.check(
      Array(text.utf8),
      path: "conf/p.json",
      registry: try .ofMessages(),
      surroundings: .of([:], parts: parts)
    )
  }

  @Test("An array stands in for the element that includes it")
  func splices() throws {
    let check = try check(
      #"{ "type": "latest", "count": 1 }, { "$include": "shared/a.json" }, { "type": "dedupe" }"#,
      [
        "conf/shared/a.json":
          #"[{ "type": "latest", "id": "two", "count": 2 }, { "$include": "b.json" }]"#,
        "conf/shared/b.json": #"[{ "type": "dedupe", "id": "three" }]"#,
      ]
    )
    #expect(check.diagnostics.map { DiagnosticPrinter.text(of: $0) } == [])
    #expect(check.pipeline?.transforms.map(\.id) == ["latest", "two", "three", "dedupe"])
    #expect(check.settings.contains { $0.pointer == "/transforms/2/id" && $0.json == "\"three\"" })
  }

  @Test("A mistake shows its own line, and what includes it, in the order of the pipeline")
  func explains() throws {
    let check = try check(
      #"{ "type": "latest", "count": 0 }, { "$include": "a.json" }, { "type": "dedup" }"#,
      [
        "conf/a.json": "[\n  { \"$include\": \"b.json\" }\n]\n",
        "conf/b.json": "[\n\n  { \"type\": \"latest\", \"count\": 3, \"cont\": 1 }\n]\n",
      ]
    )
    #expect(check.errors.map(\.code) == ["wrong-value", "unknown-field", "unknown-type"])
    #expect(
      DiagnosticPrinter.text(of: check.errors[1]) == """
        error[unknown-field]: transform "latest-2" (latest) has no field "cont"
          --> conf/b.json:3:35 at /0/cont
           |
         3 |   { "type": "latest", "count": 3, "cont": 1 }
           |                                   ^^^^^^ did you mean "count"?
           |
           = included from: conf/a.json:2 /0
           = included from: conf/p.json:3 /transforms/1
        """
    )
  }

  @Test("Parts that include each other in a circle, or too deep, are refused")
  func refusesCircles() throws {
    let circle = try check(
      #"{ "$include": "a.json" }"#,
      [
        "conf/a.json": #"[{ "$include": "b.json" }]"#,
        "conf/b.json": #"[{ "$include": "./a.json" }]"#,
      ]
    )
    #expect(circle.errors.map(\.code) == ["wrong-include"])
    #expect(circle.errors[0].excerpt?.note == "it would include itself")
    var parts: [String: String] = [:]
    for number in 1...5 {
      parts["conf/\(number).json"] = "[{ \"$include\": \"\(number + 1).json\" }]"
    }
    let deep = try check(#"{ "$include": "1.json" }"#, parts)
    #expect(deep.errors.map(\.code) == ["wrong-include"])
    #expect(deep.errors[0].excerpt?.path == "conf/4.json")
    #expect(deep.errors[0].excerpt?.note == "no more than 4 files may include each other")
  }

  @Test("A part must be an array of JSON")
  func refusesOthers() throws {
    let object = try check(#"{ "$include": "a.json" }"#, ["conf/a.json": "{}"])
    #expect(object.errors.map(\.code) == ["wrong-type"])
    let broken = try check(#"{ "$include": "a.json" }"#, ["conf/a.json": "[1,]"])
    #expect(broken.errors.map(\.code) == ["json-syntax"])
    #expect(!broken.isSyntax)
  }

  @Test("Of a long line, what is around the mark is shown")
  func cutsLines() throws {
    let long = String(repeating: "\u{E9}", count: 500)
    let check = try check(
      #"{ "type": "dedupe", "description": "\#(long)", "bye": 1, "description-2": "\#(long)" }"#,
      [:]
    )
    let excerpt = try #require(check.errors.first?.excerpt)
    let text = String(decoding: excerpt.text, as: UTF8.self)
    #expect(
      text.utf8.starts(with: "...\u{E9}".utf8) && text.utf8.reversed().starts(with: "...".utf8)
    )
    #expect(excerpt.text[excerpt.range].elementsEqual("\"bye\"".utf8))
    #expect(excerpt.column == 544)
    #expect(excerpt.text.count < 700)
  }
}
