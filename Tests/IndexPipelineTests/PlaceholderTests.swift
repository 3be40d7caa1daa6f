import IndexPipeline
import Testing

@Suite("Placeholders")
struct PlaceholderTests {
  /// Reads a pipeline whose sink has a path, a size and whether it lasts.
  private func check(
    _ path: String,
    size: String = "3",
    durable: String = "true",
    _ surroundings: Surroundings
  ) throws -> PipelineCheck {
    var registry = Registry()
    try registry.add(StdinStub.self)
    try registry.add(FolderStub.self)
    let text = """
      { "version": 1, "sources": [{ "type": "stdin" }], "render": {},
        "sinks": [{ "type": "filesystem", "path": "\(path)", "size": \(size), "durable": \(durable) }] }
      """
    return PipelineFile.check(
      Array(text.utf8),
      path: "/conf/p.json",
      registry: registry,
      surroundings: surroundings
    )
  }

  private func settings(_ check: PipelineCheck) throws -> [String] {
    #expect(check.diagnostics.map { DiagnosticPrinter.text(of: $0) } == [])
    let sink = try #require(check.pipeline?.sinks.first?.sink as? FolderStub)
    return sink.settings
  }

  static let forms: [(text: String, path: String)] = [
    ("${env:A}", "/srv"), ("x${env:B}y${env:B}", "/conf/xby${env:A}yby${env:A}"),
    ("/${env:NONE:-d}", "/d"), ("/${env:EMPTY:-d}", "/d"), ("/${env:EMPTY}", "/"),
    ("/${env:NONE:-}", "/"), ("/${env:A:-d}", "//srv"), ("/${env:A:?why}", "//srv"),
    ("/${file:f}", "/line"), ("/${file:/two}", "/a\nb\n"), ("/${file:none}", "/-"),
    ("/$${env:A}", "/${env:A}"), ("/$$${env:A}", "/$${env:A}"),
    ("/$1 $HOME ${X} $", "/$1 $HOME ${X} $"),
    ("/${}", "/${}"), ("/${env:NONE:-$1}", "/$1"), ("/\\u0024{env:A}", "//srv"),
  ]

  @Test("Each form stands for what it says", arguments: forms)
  func fillsIn(_ form: (text: String, path: String)) throws {
    let surroundings = Surroundings.of(
      ["A": "/srv", "B": "by${env:A}", "EMPTY": ""],
      files: ["/conf/f": "line\r\n", "/two": "a\nb\n\n", "/conf/none": "-"]
    )
    #expect(try settings(check(form.text, surroundings))[0] == form.path)
  }

  @Test("A value that is only a placeholder may stand for a number or a boolean")
  func converts() throws {
    let surroundings = Surroundings.of(["SIZE": "7", "NO": "false"])
    #expect(
      try settings(check("p", size: #""${env:SIZE}""#, durable: #""${env:NO}""#, surroundings))
        == ["/conf/p", "7", "false"]
    )
    #expect(
      try settings(check("p", size: #""${env:X:-4}""#, durable: #""${env:X:-true}""#, surroundings))
        == ["/conf/p", "4", "true"]
    )
  }

  @Test(
    "What a number is not stays text, and the message says where it comes from",
    arguments: ["07", "+7", "7.0", "seven", " 7", "", "99999999999999999999"]
  )
  func refusesOthers(_ value: String) throws {
    let check = try check("p", size: #""${env:SIZE}""#, .of(["SIZE": value]))
    #expect(check.errors.map(\.code) == ["wrong-type"])
    #expect(check.errors[0].remarks.last == .note("${env:SIZE} is \"\(value)\""))
    let two = try self.check("p", size: #""${env:A}${env:A}""#, .of(["A": "1"]))
    #expect(two.errors.map(\.code) == ["wrong-type"])
  }

  @Test("Without an environment, placeholders are not known, and the rest is checked")
  func leavesUnknown() throws {
    let surroundings = Surroundings()
    let check = try check("${env:A}", size: #""${env:SIZE:-x}""#, durable: "5", surroundings)
    #expect(check.errors.map(\.code) == ["wrong-type"])
    let right = try self.check("${env:A:?why}", size: #""${file:s}""#, surroundings)
    #expect(right.diagnostics.isEmpty && right.pipeline == nil && right.overview != nil)
    #expect(right.placeholders.map(\.name) == ["A", "/conf/s"])
    #expect(right.placeholders.allSatisfy { $0.state == .unknown })
  }

  @Test("A file must be text")
  func refusesBytes() throws {
    let surroundings = Surroundings(file: { _ in .value([0xFF]) })
    let check = try check("${file:f}", surroundings)
    #expect(check.errors.map(\.code) == ["unset-variable"])
    #expect(check.errors[0].excerpt?.note == "not text in UTF-8")
  }

  @Test("A stage that is not enabled needs no values")
  func passesIdleStages() throws {
    let text = """
      { "version": 1, "sources": [{ "type": "stdin" }], "render": {},
        "sinks": [{ "type": "s3", "enabled": "${env:PUBLISH:-false}", "bucket": "${env:BUCKET}" }] }
      """
    let read = { (surroundings: Surroundings) in
      PipelineFile.check(
        Array(text.utf8),
        path: "p",
        registry: try .ofMessages(),
        surroundings: surroundings
      )
    }
    let idle = try read(.of([:]))
    #expect(idle.diagnostics.isEmpty)
    #expect(idle.pipeline?.sinks.isEmpty == true && idle.pipeline?.disabled == ["s3"])
    #expect(try read(.of(["PUBLISH": "true"])).errors.map(\.code) == ["unset-variable"])
    #expect(try read(.of(["PUBLISH": "yes"])).errors.map(\.code) == ["wrong-type"])
    #expect(
      idle.overview?.lines == [
        "  1 source       stdin", "  renderer       complete tree, title \"My Private PyPI\"",
        "  1 sink         s3 (s3, enabled by ${env:PUBLISH})",
      ]
    )
  }
}
