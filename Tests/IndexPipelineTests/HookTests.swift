import IndexPipeline
import IndexTesting
import Synchronization
import Testing

/// A hook that remembers what is done to it, and what its sink had done by then.
private final class NotingHook: Hook {
  static let info = StageInfo(type: "noting", summary: "Notes.", example: "{}")
  private let sink: MemorySink
  private let failure: StageFailure?
  private let calls = Mutex<[String]>([])

  init(_ sink: MemorySink, failure: StageFailure? = nil) {
    (self.sink, self.failure) = (sink, failure)
  }

  convenience init(from settings: inout Settings) { self.init(MemorySink()) }

  var seen: [String] { calls.withLock(\.self) }

  private func note(_ call: String) {
    let isCommitted = sink.steps.contains("commit")
    calls.withLock { $0.append("\(call), \(isCommitted ? "published" : "not published")") }
  }

  func prepare(_ changes: PublishedChanges) async {
    note("prepare \(changes.sinks.map(\.id))")
  }

  func run(after changes: PublishedChanges) async throws -> Int {
    note("run \(changes.sinks.map(\.id))")
    if let failure { throw failure }
    return changes.sinks.reduce(0) { $0 + $1.changes.added.count }
  }
}

@Suite("Hooks")
struct HookTests {
  private let failure = StageFailure(.hook, code: "hook-failed", "the hook failed")

  @Test("A hook is prepared before the first sink switches, and runs after the last one has")
  func runsAfterSinks() async throws {
    let sinks = [MemorySink(), MemorySink()]
    let hook = NotingHook(sinks[1])
    var pipeline = Pipeline.make([["a-1.zip"]], sinks)
    pipeline.hooks = [Pipeline.HookStep("note", hook)]
    var report = Report()
    try await pipeline.run(report: &report)
    #expect(
      hook.seen == [
        #"prepare ["sink-0", "sink-1"], not published"#, #"run ["sink-0", "sink-1"], published"#,
      ]
    )
    #expect(report.hooks.map(\.id) == ["note"] && report.hooks.first?.failure == nil)
    #expect(report.stages.last?.kind == "hook")
  }

  @Test("A hook does not run when a sink failed, and nothing but a run runs it")
  func waits() async throws {
    let sink = MemorySink(failing: .commit)
    let hook = NotingHook(sink)
    var pipeline = Pipeline.make([["a-1.zip"]], [sink])
    pipeline.hooks = [Pipeline.HookStep("note", hook)]
    var report = Report()
    _ = try await pipeline.plan(report: &report)
    #expect(hook.seen.isEmpty)
    await #expect(throws: StageFailure.self) { try await pipeline.run(report: &report) }
    #expect(hook.seen.count == 1 && report.hooks.isEmpty)
  }

  @Test(
    "The others run when a hook fails, which fails the run unless it may",
    arguments: [true, false]
  )
  func fails(isOptional: Bool) async throws {
    let sink = MemorySink()
    let hooks = [NotingHook(sink, failure: failure), NotingHook(sink)]
    var pipeline = Pipeline.make([["a-1.zip"]], [sink])
    pipeline.hooks = hooks.enumerated().map {
      Pipeline.HookStep("hook-\($0)", $1, isOptional: isOptional)
    }
    var report = Report()
    do {
      try await pipeline.run(report: &report)
      #expect(isOptional && report.warnings.count == 1)
    } catch let error as StageFailure {
      #expect(!isOptional && error.kind == .hook)
    }
    #expect(hooks.allSatisfy { $0.seen.count == 2 })
    #expect(report.isPublished)
    #expect(report.hooks.map { $0.failure == nil } == [false, true])
  }

  @Test("Where nothing changed, a hook may do what it owes")
  func runsOwed() async throws {
    let sink = MemorySink()
    var pipeline = Pipeline.make([["a-1.zip"]], [sink])
    var report = Report()
    try await pipeline.run(report: &report)
    let hook = NotingHook(sink)
    pipeline.hooks = [Pipeline.HookStep("note", hook)]
    report = Report()
    try await pipeline.run(report: &report)
    #expect(!report.isPublished && report.hooks.isEmpty)
    #expect(hook.seen == ["run [], published"])
  }
}
