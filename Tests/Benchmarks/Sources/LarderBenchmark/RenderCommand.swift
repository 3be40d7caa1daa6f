import ArgumentParser
import IndexPipeline
import IndexRendering
import StrictJSON
import Synchronization

/// Runs the whole pipeline, but lets the pages go where they were rendered.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render an index and forget its pages."
  )

  @OptionGroup var index: IndexArguments

  func run() async throws {
    var report = Report()
    let session = NullSession()
    try await index.pipeline(to: NullSink(session: session)).run(report: &report)
    // Two independent counts: a pipeline that hands nothing to its sink must not look fast.
    let (pages, bytes) = session.counts
    guard let render = report.stages.first(where: { $0.kind == "render" }),
      render.output == pages, render.bytes == bytes
    else { throw ValidationError("the sink got \(pages) pages and \(bytes) bytes") }
    print(report.jsonLine)
  }
}

/// A sink that keeps nothing but two counts.
private struct NullSink: Sink {
  static let info = StageInfo(type: "null", summary: "Keeps nothing.", example: "{}")

  let session: NullSession

  init(session: NullSession) { self.session = session }

  init(from settings: inout Settings) { session = NullSession() }

  func inventory() async throws -> Inventory { Inventory() }

  func begin(_ publication: Publication) async throws -> any SinkSession { session }
}

private final class NullSession: SinkSession {
  private let pageCount = Atomic(0)
  private let byteCount = Atomic(0)

  var counts: (pages: Int, bytes: Int) {
    (pageCount.load(ordering: .relaxed), byteCount.load(ordering: .relaxed))
  }

  func write(_ batch: borrowing PageBatch) async throws {
    var pages = 0
    for page in batch.pages where !page.continues { pages += 1 }
    pageCount.add(pages, ordering: .relaxed)
    byteCount.add(batch.content.count, ordering: .relaxed)
  }

  func commit() async throws -> [String] { [] }

  func abandon() async {}
}
