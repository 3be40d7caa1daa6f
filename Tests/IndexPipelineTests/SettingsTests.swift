import IndexPipeline
import Testing

@Suite("Fields with units, shares and claims")
struct SettingsTests {
  private func check(
    source: String,
    sink: String = #"{ "type": "filesystem", "path": "public" }"#,
    guards: String = "{}"
  ) throws -> PipelineCheck {
    var surroundings = Surroundings.of([:])
    surroundings.folder = "/build"
    let text = """
      { "version": 1, "sources": [\(source)], "render": {}, "guards": \(guards),
        "sinks": [\(sink)] }
      """
    return PipelineFile.check(
      Array(text.utf8),
      path: "conf/p.json",
      registry: try .ofMessages(),
      surroundings: surroundings
    )
  }

  static let quantities: [(field: String, code: String, caret: String)] = [
    (#""timeout_of_answer": "90s""#, "", ""), (#""timeout_of_answer": "5m""#, "", ""),
    (#""timeout_of_answer": "250ms""#, "", ""), (#""page": "8MiB""#, "", ""),
    (#""page": "0B""#, "", ""), (#""page": "64kB""#, "", ""),
    (
      #""timeout_of_answer": 30"#, "wrong-type",
      #"expected a number and a unit, such as "30s" or "30m""#
    ),
    (#""page": 9"#, "wrong-type", #"expected a number and a unit, such as "9MiB""#),
    (
      #""timeout_of_answer": "30""#, "wrong-value",
      #"expected a number and a unit, such as "90s" or "5m""#
    ),
    (#""page": "8 MiB""#, "wrong-value", #"expected a number and a unit, such as "8MiB""#),
    (#""page": "-8MiB""#, "wrong-value", #"expected a number and a unit, such as "8MiB""#),
    (
      #""page": "99999999999999TiB""#, "wrong-value",
      #"expected a number and a unit, such as "8MiB""#
    ),
    (#""page": "8mib""#, "wrong-value", #"expected a number and a unit, such as "8MiB""#),
  ]

  @Test("Durations and sizes have units", arguments: quantities)
  func readsQuantities(_ example: (field: String, code: String, caret: String)) throws {
    let check = try check(source: #"{ "type": "http", "url": "u", \#(example.field) }"#)
    #expect(check.errors.map(\.code) == (example.code.isEmpty ? [] : [example.code]))
    #expect(check.errors.first?.excerpt?.note ?? "" == example.caret)
  }

  @Test("Guards know what they limit, and where they stand")
  func readsGuards() throws {
    let check = try check(
      source: #"{ "type": "stdin" }"#,
      guards: """
        { "min_projects": 2, "max_removed_projects": "5%", "max_removed_files": 7,
          "allow_empty_projects": true }
        """
    )
    let guards = try #require(check.pipeline?.guards)
    #expect(guards.minimumProjects == 2 && guards.allowsEmptyProjects)
    #expect(guards.maximumRemovedProjects == .percent(5))
    #expect(guards.maximumRemovedProjects?.amount(of: 1024) == 51)
    #expect(guards.maximumRemovedFiles == .count(7))
    #expect(
      guards.places["max_removed_projects"]?.description
        == "conf/p.json:1 /guards/max_removed_projects"
    )
    #expect(Share.percent(100).amount(of: Int.max) == Int.max)
    let none = try #require(try self.check(source: #"{ "type": "stdin" }"#).pipeline?.guards)
    #expect(none.minimumProjects == 0 && none.maximumRemovedFiles == nil)
  }

  private static let folder = #"{ "type": "directory", "id": "wheels", "path": "wheels" }"#

  static let overlaps: [(source: String, sink: String, code: String)] = [
    (folder, #"{ "type": "filesystem", "path": "wheels" }"#, "overlapping-paths"),
    (folder, #"{ "type": "filesystem", "path": "./x/../wheels/a" }"#, "overlapping-paths"),
    (folder, #"{ "type": "filesystem", "path": "/build/conf/wheels/a" }"#, "overlapping-paths"),
    (folder, #"{ "type": "filesystem", "path": "wheels-2" }"#, ""),
    (folder, #"{ "type": "filesystem", "path": "." }"#, ""),
    (folder, #"{ "type": "filesystem", "path": "wheels", "enabled": false }"#, ""),
    (
      #"{ "type": "directory", "path": "wheels", "exclude": ["public/**"] }"#,
      #"{ "type": "filesystem", "path": "wheels/public" }"#, ""
    ),
    (
      #"{ "type": "stdin" }"#,
      #"{ "type": "filesystem", "path": "a" }, { "type": "filesystem", "path": "a/b" }"#,
      "overlapping-paths"
    ),
    (
      #"{ "type": "stdin" }"#,
      #"{ "type": "filesystem", "path": "a/b" }, { "type": "filesystem", "path": "a" }"#,
      "overlapping-paths"
    ),
  ]

  @Test("Stages that would harm each other are refused", arguments: overlaps)
  func findsOverlaps(_ example: (source: String, sink: String, code: String)) throws {
    let check = try check(source: example.source, sink: example.sink)
    #expect(check.errors.map(\.code) == (example.code.isEmpty ? [] : [example.code]))
  }

  @Test("A place that is not known yet overlaps nothing")
  func passesUnknown() throws {
    let text = """
      { "version": 1, "sources": [{ "type": "directory", "path": "${env:A}" }], "render": {},
        "sinks": [{ "type": "filesystem", "path": "${env:B}" }] }
      """
    let registry = try Registry.ofMessages()
    let check = PipelineFile.check(Array(text.utf8), path: "p.json", registry: registry)
    #expect(check.diagnostics.isEmpty && check.overview != nil)
  }

  @Test("Every field of the top level has its place in the messages")
  func namesFields() throws {
    let text = Array(#"{ "version": 1, "unknown_to_all": 1 }"#.utf8)
    let check = PipelineFile.check(text, path: "p.json", registry: try .ofMessages())
    let note = check.errors.last?.remarks.first
    let names = PipelineFile.fieldNames.joined(separator: ", ")
    #expect(note == .note("fields: \(names)"))
  }

  @Test("Stages that run other programs can be refused, and placeholders reach all they are told")
  func readsPrograms() throws {
    let text = Array(
      """
      { "version": 1, "render": {},
        "sources": [{ "type": "exec", "command": ["a", "${env:A}"],
                      "options": { "b": [1, "${env:B}", { "${env:C}": "${env:D:-d}" }] } }],
        "sinks": [{ "type": "filesystem", "path": "p" }] }
      """.utf8
    )
    var surroundings = Surroundings.of(["A": "x"])
    let registry = try Registry.ofMessages()
    let check = { (surroundings: Surroundings) in
      PipelineFile.check(text, path: "p", registry: registry, surroundings: surroundings)
    }
    #expect(check(surroundings).errors.map(\.code) == ["unset-variable"])
    #expect(check(surroundings).errors[0].excerpt?.pointer == "/sources/0/options/b/1")
    surroundings = .of(["A": "x", "B": "y"])
    let option = check(surroundings).settings.first { $0.pointer == "/sources/0/options" }
    #expect(option?.json == #"{ "b": [1, "y", { "${env:C}": "d" }] }"#)
    surroundings.allowsPrograms = false
    #expect(check(surroundings).errors.map(\.code) == ["program-refused"])
  }
}
