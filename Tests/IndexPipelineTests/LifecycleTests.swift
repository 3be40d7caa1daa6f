import IndexModel
import IndexPipeline
import IndexTesting
import StrictJSON
import Synchronization
import Testing

/// A source that fails the first few times, and remembers what is done to it.
private final class BusySource: Source {
  static let info = StageInfo(type: "busy", summary: "Is busy.", example: "{}")
  let place = "busy"
  private let failures: Int
  private let kind: StageFailure.Kind
  private let givesFirst: Bool
  private let calls = Mutex<[String]>([])

  init(
    _ failures: Int,
    _ kind: StageFailure.Kind = .transient(retryAfter: nil),
    givesFirst: Bool = false
  ) {
    (self.failures, self.kind, self.givesFirst) = (failures, kind, givesFirst)
  }

  convenience init(from settings: inout Settings) { self.init(0) }

  var seen: [String] { calls.withLock(\.self) }

  func open(_ context: StageContext) {
    calls.withLock { $0.append("open \(context.id) \(context.mode) \(context.sources)") }
  }

  func close(isSuccess: Bool) async { calls.withLock { $0.append("close \(isSuccess)") } }

  func read(into output: inout SourceOutput) async throws {
    let count = calls.withLock { calls in
      calls.append("read")
      return calls.count { $0 == "read" }
    }
    var batch = RecordBatch()
    try batch.append(filename: "a-1.zip".utf8Span.span, line: 1)
    if count > failures || givesFirst { output.append(batch) }
    if count <= failures { throw StageFailure(kind, code: "busy", "busy") }
  }
}

@Suite("The life of a stage")
struct LifecycleTests {
  private func pipeline(_ source: BusySource, _ sink: MemorySink = MemorySink()) -> Pipeline {
    var pipeline = Pipeline.make([], [sink])
    var retry = RetryPolicy()
    retry.delay = .milliseconds(1)
    pipeline.sources = [Pipeline.SourceStep("busy", source, retry: retry)]
    return pipeline
  }

  private func run(_ source: BusySource, _ sink: MemorySink = MemorySink()) async throws {
    var report = Report()
    try await pipeline(source, sink).run(report: &report)
  }

  @Test("A stage is opened before it is used, and closed once")
  func opensAndCloses() async throws {
    let source = BusySource(0)
    try await run(source)
    #expect(source.seen == ["open busy run [\"busy\"]", "read", "close true"])
  }

  @Test("A stage of a run that fails elsewhere is told so")
  func tellsFailures() async throws {
    let source = BusySource(0)
    await #expect(throws: StageFailure.self) {
      try await run(source, MemorySink(failing: .commit))
    }
    #expect(source.seen.last == "close false")
  }

  @Test("A plan is no success that anybody should remember")
  func plansAreNoSuccess() async throws {
    let source = BusySource(0)
    var report = Report()
    _ = try await pipeline(source).plan(report: &report)
    #expect(source.seen == ["open busy plan [\"busy\"]", "read", "close false"])
  }

  @Test("A source that is only busy is read again, four times at most")
  func triesAgain() async throws {
    let patient = BusySource(3)
    try await run(patient)
    #expect(patient.seen.count { $0 == "read" } == 4)
    let busy = BusySource(4)
    let failure = await #expect(throws: StageFailure.self) { try await run(busy) }
    #expect(failure?.code == "busy")
    #expect(busy.seen.count { $0 == "read" } == 4)
  }

  @Test("The time that a place asks for is kept")
  func waitsAsLongAsAsked() async throws {
    let start = ContinuousClock.now
    try await run(BusySource(1, .transient(retryAfter: .milliseconds(200))))
    #expect(ContinuousClock.now - start >= .milliseconds(200))
  }

  @Test("What is not busy, or gave a record, is not read again")
  func doesNotTryAgain() async throws {
    let gone = BusySource(1, .unavailable)
    await #expect(throws: StageFailure.self) { try await run(gone) }
    let begun = BusySource(1, givesFirst: true)
    await #expect(throws: StageFailure.self) { try await run(begun) }
    for source in [gone, begun] { #expect(source.seen.count { $0 == "read" } == 1) }
  }

  @Test("A run that is cancelled while it waits is interrupted, not failed")
  func isInterrupted() async throws {
    let source = BusySource(1, .transient(retryAfter: .seconds(60)))
    let task = Task { try await run(source) }
    while !source.seen.contains("read") { await Task.yield() }
    task.cancel()
    let failure = await #expect(throws: StageFailure.self) { try await task.value }
    guard case .cancelled? = failure?.kind else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(source.seen.last == "close false")
  }
}
