import ArgumentParser
import IndexModel
import IndexPipeline
import IndexRendering
import IndexStages
import StrictJSON
import Synchronization

/// Publishes an index to a server that takes PUT: rendered before, so that only the sink is timed.
struct PutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put",
    abstract: "Render an index, and then time how a server takes its pages."
  )

  @OptionGroup var index: IndexArguments

  @Option(help: "The URL of the index.")
  var url: String

  func run() async throws {
    var report = Report()
    let pages = PageGatherer()
    try await index.pipeline(to: PageGathererSink(pages)).run(report: &report)
    let start = ContinuousClock.now
    let sink = try sink()
    let session = try await sink.begin(Publication())
    try await pages.send(to: session)
    _ = try await session.commit()
    await sink.close(isSuccess: true)
    let passed = (ContinuousClock.now - start) / .milliseconds(1)
    print(#"{"files": \#(pages.count), "wall_ms": \#(passed)}"#)
  }

  /// The sink that ships, as a pipeline file makes it.
  private func sink() throws -> any Sink {
    let text = """
      { "version": 1, "render": {}, "sources": [{ "type": "file", "path": "unused" }],
        "sinks": [{ "type": "http", "url": "\(url)" }] }
      """
    let pipeline = try PipelineFile.read(
      Array(text.utf8),
      path: "/",
      registry: .standard(),
      now: nil
    )
    guard let step = pipeline.sinks.first else { throw ValidationError("there is no sink") }
    return step.sink
  }
}

/// Keeps the pages of an index in memory, in the order in which they come.
private final class PageGatherer: SinkSession {
  private final class Kept: Sendable {
    let batch: PageBatch

    init(_ batch: consuming PageBatch) { self.batch = batch }
  }

  private let kept = Mutex<[Kept]>([])

  var count: Int { kept.withLock { $0.reduce(0) { $0 + $1.batch.pages.count } } }

  /// Gives the pages to another session, role after role.
  func send(to session: any SinkSession) async throws {
    for kept in kept.withLock(\.self) { try await session.write(kept.batch) }
  }

  /// Takes pages; parts of one are put together.
  func write(_ batch: borrowing PageBatch) async throws {
    kept.withLock { kept in
      var copy = PageBatch()
      for page in batch.pages {
        copy.paths.append(batch.paths.span.extracting(page.path))
        copy.content.append(batch.content.span.extracting(page.content))
        copy.endPage(page.type, page.role)
      }
      kept.append(Kept(copy))
    }
  }

  func commit() async throws -> [String] { [] }

  func abandon() async {}
}

/// The sink of one ``PageGatherer``.
private struct PageGathererSink: Sink {
  static let info = StageInfo(type: "gather", summary: "Keeps all in memory.", example: "{}")
  let pages: PageGatherer

  /// Large pages come whole.
  var sendsChangesOnly: Bool { true }

  init(_ pages: PageGatherer) { self.pages = pages }
  init(from settings: inout Settings) { pages = PageGatherer() }

  func begin(_ publication: Publication) async throws -> any SinkSession { pages }
}
