@testable import IndexPipeline
import IndexModel
import IndexRendering
import IndexTesting
import Synchronization
import Testing

@Suite("Files that are published beside pages")
struct PublishedFileTests {
  private static let digest = String(repeating: "ab", count: 32)

  private func manifest(_ lines: String) throws(Manifest.Problem) -> Manifest {
    try Manifest(Array("{\"version\":1,\"sources\":{}}\n\(lines){\"pages\":{}}\n".utf8))
  }

  @Test("A manifest tells of them")
  func readsFiles() throws {
    let line = #"{"file":"pool/six-1.0.zip","size":3,"sha256":"\#(Self.digest)"}"#
    let found = try manifest(line + "\n").files
    #expect(found == [Array("pool/six-1.0.zip".utf8): PublishedFile(sha256: Self.digest, size: 3)])
  }

  @Test(
    "A manifest that names what is no distribution of the index is refused: files that go are deleted",
    arguments: [
      "/etc/six-1.0.zip", "../six-1.0.zip", "pool/../six-1.0.zip", "pool//six-1.0.zip",
      "pool/./six-1.0.zip", "pool/", "pool/robots.txt", "simple/six/index.html", "",
      "larder/six-1.0.zip", "pool/.metadata", "pool/six-1.0.zip.metadata.metadata",
    ]
  )
  func refusesForeignPaths(path: String) {
    let line = #"{"file":"\#(path)","sha256":"\#(Self.digest)"}"#
    #expect(throws: Manifest.Problem.self) { try manifest(line + "\n") }
  }

  @Test("What a run left that died is believed only where it is a page or a file of the index")
  func believesLeftovers() {
    var inventory = Inventory()
    let paths = ["pool/six-1.0.zip", "simple/six/index.html", "robots.txt", "../six-1.0.zip"]
    inventory.add(leftovers: paths.map { Array($0.utf8) })
    #expect(inventory.files == [Array("pool/six-1.0.zip".utf8): .uncertain])
    #expect(inventory.count == 1)
  }

  private func run(_ pipeline: Pipeline) async throws -> Report {
    var report = Report()
    try await pipeline.run(report: &report)
    return report
  }

  private func pipeline(_ records: [String], _ sinks: [any Sink]) -> Pipeline {
    Pipeline(
      sources: [Pipeline.SourceStep("source", OfferingSource(records, Self.digest))],
      render: RenderOptions(),
      sinks: sinks.enumerated().map { Pipeline.SinkStep("sink-\($0)", $1) }
    )
  }

  private func record(_ name: String, _ digest: String = Self.digest) -> String {
    #"{"filename":"\#(name)","hashes":{"sha256":"\#(digest)"}}"#
  }

  @Test("Only the bytes that a record means are published, and only to sinks that take them")
  func publishesWhatRecordsMean() async throws {
    let other = String(repeating: "cd", count: 32)
    let (taking, plain) = (FileSink(), MemorySink())
    let records = [record("a-1.0.zip"), record("b-1.0.zip", other), #"{"filename":"c-1.0.zip"}"#]
    let report = try await run(pipeline(records, [taking, plain]))
    #expect(taking.files == ["pool/a-1.0.zip"])
    let changes = report.changes.map(\.changes.files)
    #expect(changes.map { $0?.linked } == [2, nil])
    #expect(changes[0]?.added == [Array("pool/a-1.0.zip".utf8)])
  }

  @Test("A sink that holds all of it already is left alone when another gets files")
  func leavesOthersAlone() async throws {
    let plain = MemorySink(takesAllPages: true)
    let records = [record("a-1.0.zip")]
    _ = try await run(pipeline(records, [FileSink(isTaking: false), plain]))
    let before = (plain.steps, plain.published)
    let taking = FileSink()
    _ = try await run(pipeline(records, [taking]))
    _ = try await run(pipeline(records, [taking, plain]))
    #expect(plain.steps == before.0 && plain.published == before.1)
  }

  @Test("A file that was there before is told of, and is not deleted")
  func keepsWhatWasThere() async throws {
    let sink = FileSink(isHoldingAll: true)
    _ = try await run(pipeline([record("a-1.0.zip")], [sink]))
    let held = try await sink.inventory().files
    #expect(held.values.map(\.isFound) == [true] && sink.files.isEmpty)
    let report = try await run(pipeline([record("b-1.0.zip")], [sink]))
    #expect(report.changes.first?.changes.files?.removed == [])
  }

  @Test("A file with other bytes than the one that is published stops the run")
  func keepsToBytes() async throws {
    let sink = FileSink()
    _ = try await run(pipeline([record("a-1.0.zip")], [sink]))
    let other = String(repeating: "cd", count: 32)
    let failure = await #expect(throws: StageFailure.self) {
      _ = try await run(pipeline([record("a-1.0.zip", other)], [sink]))
    }
    #expect(failure?.code == "other-bytes")
  }
}

/// A source that has the bytes of each file, with one digest.
private struct OfferingSource: Source {
  static let info = StageInfo(type: "offering", summary: "Offers.", example: "{}")
  let place = "memory"
  private let records: MemorySource
  private let names: [String]
  private let digest: String

  init(_ lines: [String], _ digest: String) {
    records = MemorySource(lines)
    names = ["a-1.0.zip", "b-1.0.zip", "c-1.0.zip"]
    self.digest = digest
  }

  init(from settings: inout Settings) { self.init([], "") }

  func read(into output: inout SourceOutput) async throws {
    try await records.read(into: &output)
    for name in names {
      let content = FileContent(sha256: digest) { Array("bytes".utf8) }
      output.offer(OfferedFile(filename: Array(name.utf8), content))
    }
  }
}

/// A sink in memory that takes files too.
private final class FileSink: Sink, SinkSession {
  static let info = StageInfo(type: "files", summary: "Takes files.", example: "{}")
  let publishesFiles: Bool
  private let pages = MemorySink()
  private let taken = Mutex<[String]>([])

  private let isHoldingAll: Bool

  init(isTaking: Bool = true, isHoldingAll: Bool = false) {
    publishesFiles = isTaking
    self.isHoldingAll = isHoldingAll
  }

  convenience init(from settings: inout Settings) { self.init() }

  var files: [String] { taken.withLock { $0.sorted() } }

  func inventory() async throws -> Inventory { try await pages.inventory() }

  func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] {
    isHoldingAll ? [] : files
  }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    _ = try await pages.begin(publication)
    return self
  }

  func write(files: [OutgoingFile]) async throws {
    taken.withLock { $0 += files.map { String(decoding: $0.path, as: UTF8.self) } }
  }

  func write(_ batch: borrowing PageBatch) async throws { try await pages.write(batch) }
  func commit() async throws -> [String] { try await pages.commit() }
  func abandon() async { await pages.abandon() }
}
