import IndexModel
import IndexPipeline
import IndexRendering
import IndexTesting
import StrictJSON
import Synchronization
import Testing

/// A source that breaks each rule there is for words and fields.
private struct SloppySource: Source {
  static let info = StageInfo(
    type: "Sloppy_Source",
    summary: "no sentence",
    example: #"{ "type": "Sloppy_Source", "mode": "b", "more": 1 }"#
  )
  let place = ""
  let count: Int
  let password: String

  init(from settings: inout Settings) {
    let mode = settings.string("mode", "how", default: "a", example: "b")
    if mode == "b" { _ = settings.json("more", "More of it.") }
    // What is documented is not what is used.
    count = settings.integer("count", "How many there are.", in: 0...9, default: 3)
    password = settings.secret("password", "Opens the door.") ?? ""
  }

  var claims: [Claim] { [Claim(.reads, "https://\(password)@x.example/", field: "password")] }

  func read(into output: inout SourceOutput) async throws {
    var batch = RecordBatch()
    try batch.append(filename: "a-\(Int.random(in: 0...Int.max)).zip".utf8Span.span, line: 1)
    output.append(batch)
    // Another task is not cancelled with this one.
    let sleeper = Task.detached { try await Task.sleep(for: .seconds(60)) }
    if Task.isCancelled { try await sleeper.value }
  }
}

/// Keeps the first record that it is shown, and drops each of the others twice, the last but one
/// without a reason.
private struct FirstOnly: Transform {
  static let info = StageInfo(
    type: "first-only",
    summary: "Keeps the first.",
    example: #"{ "type": "first-only" }"#
  )
  static var scope: TransformScope { .project }

  init() {}
  init(from settings: inout Settings) {}

  func apply(to records: inout RecordEditor) async throws {
    for index in records.indices.dropFirst() {
      records.drop(index, because: "")
      records.drop(index, because: "twice")
    }
  }
}

/// A sink whose readers see each page at once.
private final class Hasty: Sink, SinkSession {
  static let info = StageInfo(
    type: "hasty",
    summary: "Writes at once.",
    example: #"{ "type": "hasty", "sise": 1 }"#
  )
  let pages = Mutex<[String: [UInt8]]>([:])

  init() {}
  init(from settings: inout Settings) {}

  func begin(_ publication: Publication) async throws -> any SinkSession { self }

  func write(_ batch: borrowing PageBatch) async throws {
    for page in batch.pages {
      let path = String(decoding: batch.paths.span.extracting(page.path))
      let bytes = Array(batch.content.span.extracting(page.content))
      pages.withLock { $0[path] = bytes }
    }
  }

  func commit() async throws -> [String] { [] }

  func abandon() async {}
}

@Suite("The kit for authors of stages")
struct KitTests {
  @Test("Every rule that a source breaks is found")
  func findsSloppySource() async throws {
    let source = try #require(try sloppySource())
    let failure = try await #require(throws: KitFailure.self) { try await checkSource(source) }
    #expect(failure.stage == "source/Sloppy_Source")
    let expected = [
      "kebab-case", "its summary", "of \"mode\" is not a sentence", "depends on what is given",
      "shows the value of its secret", "no place", "same records", "two tasks", "five seconds",
    ]
    for words in expected {
      #expect(failure.description.contains(words), "\(words): \(failure)")
    }
    #expect(failure.findings.count == expected.count, "\(failure)")
  }

  private func sloppySource() throws -> SloppySource? {
    var registry = Registry()
    try registry.add(SloppySource.self)
    try registry.add(MemorySink.self)
    let text =
      #"{"version":1,"sources":[{"type":"Sloppy_Source"}],"render":{},"sinks":[{"type":"memory"}]}"#
    let pipeline = try PipelineFile.read(
      Array(text.utf8),
      path: "-",
      registry: registry,
      now: nil
    )
    return pipeline.sources.first?.source as? SloppySource
  }

  @Test("Every rule that a transform breaks is found")
  func findsFirstOnly() async throws {
    let failure = try await #require(throws: KitFailure.self) {
      try await checkTransform(FirstOnly())
    }
    for words in ["is dropped 2 times", "without a reason", "order of the records"] {
      #expect(failure.description.contains(words), "\(words): \(failure)")
    }
  }

  @Test("Every rule that a sink breaks is found")
  func findsHasty() async throws {
    let sink = Hasty()
    let failure = try await #require(throws: KitFailure.self) {
      try await checkSink(sink) { sink.pages.withLock(\.self) }
    }
    let expected = [
      "its example is refused", "before it commits", "is still there", "was abandoned",
    ]
    for words in expected {
      #expect(failure.description.contains(words), "\(words): \(failure)")
    }
  }

  @Test("The source and the sink of the kit keep what they can")
  func checksMemoryStages() async throws {
    try await checkSource(MemorySource(KitRecords.mixture))
  }
}
