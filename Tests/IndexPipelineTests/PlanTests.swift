import IndexModel
import IndexPipeline
import IndexRendering
import IndexTesting
import TestSupport
import Testing

@Suite("What a run would do")
struct PlanTests {
  /// Made-up lists that have most of their files in common.
  private func list(_ random: inout SeededGenerator) -> [String] {
    (0..<40).compactMap { number in
      guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
      let size = Int.random(in: 1...2, using: &random)
      return #"{"filename":"p\#(number % 15)-\#(number).zip","size":\#(size)}"#
    }
  }

  private func sinks(of json: [UInt8]) -> Substring {
    let text = String(decoding: json, as: UTF8.self)
    return text.split(separator: "\n").first { $0.contains("\"id\"") && $0.contains("unchanged") }
      ?? ""
  }

  /// The pages, but for the one that says what the others are.
  private func pages(of sink: MemorySink) -> [String: [UInt8]] {
    sink.published.filter { $0.key != Manifest.path }
  }

  @Test("A run does what the plan said, and that is what changed", arguments: [false, true])
  func runsAsPlanned(takesAllPages: Bool) async throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      let sink = MemorySink(takesAllPages: takesAllPages)
      var report = Report()
      try await Pipeline.make([list(&random)], [sink]).run(report: &report)
      let before = pages(of: sink)
      let pipeline = Pipeline.make([list(&random)], [sink])

      var planned = Report()
      let plan = try await pipeline.plan(report: &planned)
      #expect(pages(of: sink) == before)
      var done = Report()
      try await pipeline.run(report: &done)
      #expect(sinks(of: plan.json()) == sinks(of: done.json()))

      let changes = try #require(done.changes.first?.changes)
      let after = pages(of: sink)
      let texts = { (paths: [[UInt8]]) in paths.map { String(decoding: $0, as: UTF8.self) } }
      #expect(texts(changes.added) == after.keys.filter { before[$0] == nil }.sorted())
      #expect(texts(changes.removed) == before.keys.filter { after[$0] == nil }.sorted())
      #expect(
        texts(changes.changed)
          == after.keys.filter { before[$0] != nil && before[$0] != after[$0] }.sorted()
      )
      #expect(plan.hasChanges == (before != after))
    }
  }

  @Test("A sink that takes all pages gets them as soon as one changes, and none if none does")
  func givesAllPages() async throws {
    let (sink, other) = (MemorySink(takesAllPages: true), MemorySink())
    func run(_ lines: [String]) async throws {
      var report = Report()
      try await Pipeline.make([lines], [other, sink]).run(report: &report)
    }
    try await run(["a-1.zip", "b-1.zip"])
    try await run(["a-1.zip", "b-2.zip"])
    #expect(sink.gone == nil)
    #expect(sink.pages["simple/a/index.html"] != nil)
    #expect(sink.pages == other.pages)
    let steps = sink.steps
    try await run(["a-1.zip", "b-2.zip"])
    #expect(sink.steps == steps)
  }

  @Test("A plan tells what becomes of each project")
  func tellsProjects() async throws {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([["a-1.zip", "b-1.zip", "c-1.zip", "d-1.zip"]], [sink])
      .run(report: &report)
    let pipeline = Pipeline.make([["a-1.zip", "b-1.zip", "b-2.zip", "c-2.zip", "e-1.zip"]], [sink])
    let plan = try await pipeline.plan(report: &report)
    #expect(
      PlanText(plan).lines == [
        "sink sink-0", "  ~ b                       + b-2.zip",
        "  ~ c                       + 1 file, - 1 file",
        "  - d                       its 1 file went",
        "  + e                       new project, 1 file", "    1 project with the same files",
        "    pages: 7 new, 14 changed, 6 removed, 9 unchanged", "",
        "Plan: sink-0 7 to add, 14 to change, 6 to delete. Guards pass.\nNothing was written.",
      ]
    )
  }
}

@Suite("Guards")
struct GuardTests {
  /// A sink that holds ten projects with two files each.
  private func filledSink() async throws -> MemorySink {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([(0..<20).map { "p\($0 / 2)-\($0 % 2).zip" }], [sink])
      .run(report: &report)
    return sink
  }

  private func refusal(
    _ names: [String],
    dropping dropped: String? = nil,
    _ set: (inout Guards) -> Void
  ) async throws -> StageFailure? {
    let sink = try await filledSink()
    let (steps, pages) = (sink.steps, sink.pages)
    var pipeline = Pipeline.make([names], [sink])
    set(&pipeline.guards)
    if let dropped {
      pipeline.transforms = [Pipeline.TransformStep("drop", DropOne(filename: dropped))]
    }
    var report = Report()
    do {
      try await pipeline.run(report: &report)
      return nil
    } catch let failure as StageFailure {
      #expect(sink.steps == steps && sink.pages == pages && !report.isPublished)
      let plan = try await pipeline.plan(report: &report)
      #expect(plan.refusals.map(\.code) == [failure.code])
      return failure
    }
  }

  @Test("Too many projects that would go stop the run before the first write")
  func countsProjects() async throws {
    let names = (0..<8).map { "p\($0)-0.zip" }
    let refused = try await refusal(names) { $0.maximumRemovedProjects = .percent(10) }
    #expect(
      refused?.message
        == "refusing to publish: 2 of 10 projects would disappear from the index (20.0 %, limit 10 %)"
    )
    #expect(refused?.kind == .refused)
    #expect(try await refusal(names) { $0.maximumRemovedProjects = .percent(20) } == nil)
    #expect(try await refusal(names) { $0.maximumRemovedProjects = .count(2) } == nil)
    #expect(
      try await refusal(names) {
        $0.maximumRemovedProjects = .count(0)
        $0.allowedRemovals = 2
      } == nil
    )
  }

  @Test("Too many files that would go stop the run before the first write")
  func countsFiles() async throws {
    let names = (0..<10).map { "p\($0)-0.zip" }
    let refused = try await refusal(names) { $0.maximumRemovedFiles = .count(9) }
    #expect(refused?.code == "guard-max-removed")
    #expect(try await refusal(names) { $0.maximumRemovedFiles = .count(10) } == nil)
  }

  @Test("A sink that cannot say which files it links to stops the run")
  func refusesUnknownHoldings() async throws {
    var pipeline = Pipeline.make([["a-1.zip"]], [])
    pipeline.guards.maximumRemovedFiles = .percent(50)
    var pages = Inventory()
    pages.add(Array("simple/b/index.html".utf8), PageDigest([UInt8]().span))
    for holdings in [pages, .unknown] {
      let sink = MutePageSink(holdings: holdings)
      pipeline.sinks = [Pipeline.SinkStep("mute", sink)]
      var report = Report()
      let plan = try await pipeline.plan(report: &report)
      #expect(plan.refusals.map(\.code) == ["guard-unknown-holdings"])
      let refused = pipeline
      await #expect(throws: StageFailure.self) { try await refused.run(report: &report) }
    }
  }

  @Test("An index that is too small stops the run")
  func countsLeast() async throws {
    #expect(try await refusal([]) { $0.minimumProjects = 1 }?.code == "guard-min-projects")
    #expect(try await refusal(["a-1.zip"]) { $0.minimumProjects = 1 } == nil)
  }

  @Test("A project that transforms emptied stops the run")
  func findsEmptied() async throws {
    let refused = try await refusal(["a-1.zip", "b-1.zip"], dropping: "a-1.zip") {
      $0.allowsEmptyProjects = false
    }
    #expect(refused?.code == "guard-empty-projects")
    #expect(
      try await refusal(["a-1.zip", "a-2.zip"], dropping: "a-1.zip") {
        $0.allowsEmptyProjects = false
      } == nil
    )
  }

  @Test("A source that failed never counts as empty")
  func failsWithSource() async throws {
    let sink = try await filledSink()
    let pages = sink.pages
    var pipeline = Pipeline.make([[]], [sink])
    let failure = StageFailure(.unavailable, code: "gone", "the source is gone")
    pipeline.sources = [Pipeline.SourceStep("s", MemorySource([], failure: failure))]
    let failing = pipeline
    var report = Report()
    await #expect(throws: StageFailure.self) { try await failing.run(report: &report) }
    #expect(sink.pages == pages)
  }
}

/// A sink that holds pages, but no list of records.
private struct MutePageSink: Sink {
  static let info = StageInfo(type: "mute", summary: "Holds pages only.", example: "{}")
  let holdings: Inventory

  init(holdings: Inventory) { self.holdings = holdings }
  init(from settings: inout Settings) { holdings = .unknown }

  func inventory() async throws -> Inventory { holdings }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    throw StageFailure(.bug, code: "stub", "a guard did not stop the run")
  }
}

/// Drops one file.
private struct DropOne: Transform {
  static let info = StageInfo(type: "drop-one", summary: "Drops one file.", example: "{}")
  static var scope: TransformScope { .record }
  let filename: String

  init(filename: String) { self.filename = filename }
  init(from settings: inout Settings) { filename = "" }

  func apply(to records: inout RecordEditor) async throws {
    for index in records.indices where records[index].filenameText == filename {
      records.drop(index, because: "meant")
    }
  }
}
