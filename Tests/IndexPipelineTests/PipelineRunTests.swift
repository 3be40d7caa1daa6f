import IndexModel
import IndexPipeline
import IndexRendering
import IndexTesting
import Testing

@Suite("A run of a pipeline")
struct PipelineRunTests {
  private static let names = ["foo-1.0.zip", "foo-2.0.zip", "bar-1.0-py3-none-any.whl"]

  @Test("All pages reach every sink, which then switches once")
  func publishes() async throws {
    let sinks = [MemorySink(), MemorySink(warnings: ["left over"])]
    var report = Report()
    try await Pipeline.make([Self.names], sinks).run(report: &report)
    for sink in sinks {
      #expect(sink.steps == ["begin", "commit"])
      #expect(sink.gone == nil)
      #expect(sink.repeatedPaths.isEmpty)
    }
    #expect(sinks[0].pages == sinks[1].pages)
    let expected = [
      "404.html", "changelog/page1.html", "index.html", "larder/manifest.jsonl",
      "larder/records.jsonl", "larder/site.js", "larder/style.css", "packages.json",
      "project/bar/index.html", "project/foo/index.html",
      "pypi/bar/1.0/json", "pypi/bar/json",
      "pypi/foo/1.0/json", "pypi/foo/2.0/json", "pypi/foo/json", "simple/bar/index.html",
      "simple/bar/index.v1_json", "simple/foo/index.html", "simple/foo/index.v1_json",
      "simple/index.html", "simple/index.v1_json",
    ]
    #expect(sinks[0].pages.keys.sorted() == expected)
    #expect(report.isPublished)
    #expect(report.projectCount == 2)
    #expect(report.distributionCount == 3)
    #expect(report.warnings == ["left over"])
    #expect(
      report.stages.map { "\($0.kind) \($0.id) \($0.input) \($0.output)" } == [
        "source source-0 3 3", "catalog catalog 3 3", "render render 2 20", "sink sink-0 20 20",
        "sink sink-1 20 20",
      ]
    )
  }

  @Test("No page of the whole index is written before the last page of a project")
  func writesProjectsFirst() async throws {
    let sink = MemorySink()
    let names = (0..<3000).map { "p\($0)-1.zip" }
    var report = Report()
    try await Pipeline.make([names], [sink]).run(report: &report)
    let roles = sink.roles.map(\.role)
    let firstRoot = try #require(roles.firstIndex { $0 != .project })
    #expect(!roles[firstRoot...].contains(.project))
    #expect(firstRoot == 3000 * 5)
    #expect(sink.repeatedPaths.isEmpty)
  }

  @Test("An empty list makes an empty index")
  func publishesEmpty() async throws {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([[]], [sink]).run(report: &report)
    #expect(sink.steps == ["begin", "commit"])
    #expect(sink.pages.keys.contains("simple/index.html"))
    #expect(report.isPublished)
  }

  @Test("The pages do not depend on how the run was shared out")
  func rendersTheSame() async throws {
    let names = (0..<2000).map { "p\($0 % 700)-\($0).zip" }
    var pages: [[String: [UInt8]]] = []
    for order in [names, names.reversed()] {
      let sink = MemorySink()
      var report = Report()
      try await Pipeline.make([order], [sink]).run(report: &report)
      pages.append(sink.pages)
    }
    #expect(pages[0] == pages[1])
  }

  @Test(
    "If a sink fails before the switch, every sink is abandoned and none switches",
    arguments: [MemorySink.Step.begin, .write]
  )
  func abandons(_ step: MemorySink.Step) async throws {
    let sinks = [MemorySink(), MemorySink(failing: step), MemorySink()]
    var report = Report()
    let failure = await #expect(throws: StageFailure.self) {
      var failed = Report()
      defer { report = failed }
      try await Pipeline.make([Self.names], sinks).run(report: &failed)
    }
    #expect(failure?.code == "full")
    #expect(!report.isPublished)
    // A session that was never begun has nothing to abandon.
    let expected =
      step == .begin
      ? [["begin", "abandon"], ["begin"], []]
      : [["begin", "abandon"], ["begin", "abandon"], ["begin", "abandon"]]
    #expect(sinks.map(\.steps) == expected)
    #expect(report.stages.map(\.kind) == ["source", "catalog"])
  }

  @Test("If a switch fails, the sinks after it are abandoned, and the report says what happened")
  func reportsPartialSwitch() async throws {
    let sinks = [MemorySink(), MemorySink(failing: .commit), MemorySink()]
    var report = Report()
    await #expect(throws: StageFailure.self) {
      var failed = Report()
      defer { report = failed }
      try await Pipeline.make([Self.names], sinks).run(report: &failed)
    }
    #expect(
      sinks.map(\.steps) == [
        ["begin", "commit"], ["begin", "commit", "abandon"], ["begin", "abandon"],
      ]
    )
    #expect(report.isPublished)
    #expect(report.stages.filter { $0.kind == "sink" }.map(\.id) == ["sink-0"])
  }

  @Test("A source that fails stops the run before any sink is touched")
  func stopsAtSource() async throws {
    let sink = MemorySink()
    var pipeline = Pipeline.make([Self.names], [sink])
    let failure = StageFailure(.unavailable, code: "gone", "gone")
    pipeline.sources.append(.init("broken", MemorySource(["x-1.zip"], failure: failure)))
    await #expect(throws: StageFailure.self) {
      var report = Report()
      try await pipeline.run(report: &report)
    }
    #expect(sink.steps.isEmpty)
  }

  @Test("Copies of a file with other bytes stop the run, unless that is allowed")
  func stopsAtConflicts() async throws {
    let lines = [#"{"filename":"foo-1.zip","size":1}"#, #"{"filename":"foo-1.zip","size":2}"#]
    let sink = MemorySink()
    var pipeline = Pipeline.make([lines], [sink])
    let failure = await #expect(throws: StageFailure.self) {
      var report = Report()
      try await pipeline.run(report: &report)
    }
    #expect(failure?.code == "conflicting-duplicate")
    #expect(failure?.notes == ["lines 1 and 2"])
    #expect(sink.steps.isEmpty)
    pipeline.stopsAtConflicts = false
    var report = Report()
    try await pipeline.run(report: &report)
    #expect(report.stages[1].dropped == ["duplicate": 1])
    #expect(report.distributionCount == 1)
  }

  @Test("A project of a later source is left out and counted")
  func countsOutranked() async throws {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([["foo-1.zip"], ["foo-2.zip", "bar-1.zip"]], [sink])
      .run(report: &report)
    #expect(report.stages[2].dropped == ["source \"source-0\" has this project": 1])
    #expect(report.projectCount == 2)
    #expect(!sink.pages.keys.contains("pypi/foo/2/json"))
  }

  @Test(
    "A sink that may fail is only warned of",
    arguments: [MemorySink.Step.begin, .write, .commit]
  )
  func toleratesOptionalSinks(_ step: MemorySink.Step) async throws {
    let (failing, other) = (MemorySink(failing: step), MemorySink())
    var pipeline = Pipeline.make([Self.names], [])
    pipeline.sinks = [
      Pipeline.SinkStep("mirror", failing, isOptional: true), Pipeline.SinkStep("site", other),
    ]
    var report = Report()
    try await pipeline.run(report: &report)
    #expect(other.steps == ["begin", "commit"] && report.isPublished)
    #expect(report.warnings == ["sink \"mirror\" was not written: no space is left"])
    #expect(try await failing.inventory().count == 0)
  }
}
