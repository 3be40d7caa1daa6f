import ArgumentParser
import IndexModel
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

  @Flag(help: "Let every record pass through a transform that keeps it.")
  var identity = false

  func run() async throws {
    var report = Report()
    let session = NullSession()
    var pipeline = try index.pipeline(to: NullSink(session: session))
    if identity { pipeline.transforms = [Pipeline.TransformStep("identity", Identity())] }
    try await pipeline.run(report: &report)
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

/// Looks at every record and keeps it.
private struct Identity: Transform {
  static let info = StageInfo(type: "identity", summary: "Keeps all.", example: "{}")
  static var scope: TransformScope { .record }

  init() {}
  init(from settings: inout Settings) {}

  func apply(to records: inout RecordEditor) async throws {
    for index in records.indices where records[index].filename.isEmpty {
      records.drop(index, because: "it has no name, which cannot be")
    }
  }
}
