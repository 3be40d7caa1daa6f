import IndexModel
import IndexPipeline
import IndexRendering
import StrictJSON
import Synchronization

/// A source of lines that a test gives it: JSON if they begin with a brace, else file names.
struct MemorySource: Source {
  var lines: [String]
  var failure: StageFailure?
  var place: String { "memory" }

  init(_ lines: [String], failure: StageFailure? = nil) {
    (self.lines, self.failure) = (lines, failure)
  }

  func read(into output: inout SourceOutput) async throws {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    for (index, line) in lines.enumerated() {
      do {
        if line.utf8.first == UInt8(ascii: "{") {
          try decoder.decode(line: line.utf8Span.span, number: index + 1, into: &batch)
        } else {
          try batch.append(filename: line.utf8Span.span, line: index + 1)
        }
      } catch {
        let excerpt = Excerpt(path: place, line: index + 1, text: Array(line.utf8), range: 0..<1)
        output.skip(SkippedLine(excerpt, code: "bad-line", reason: "\(error)"))
      }
    }
    output.byteCount += lines.reduce(0) { $0 + $1.utf8.count }
    output.append(batch)
    if let failure { throw failure }
  }
}

/// A sink that remembers what was done to it, and fails where a test wants it to.
final class MemorySink: Sink, SinkSession {
  /// What a session does.
  enum Step: Equatable {
    case begin, write, commit
  }

  private struct State {
    var steps: [String] = []
    var pages: [String: [UInt8]] = [:]
    var roles: [(path: String, role: PageRole)] = []
    var unwritten: Publication.Unwritten?
    var repeatedPaths: [String] = []
  }

  private let failing: Step?
  private let warnings: [String]
  private let state = Mutex(State())

  init(failing: Step? = nil, warnings: [String] = []) {
    (self.failing, self.warnings) = (failing, warnings)
  }

  /// The calls other than `write`, in their order.
  var steps: [String] { state.withLock(\.steps) }
  /// The bytes of each page.
  var pages: [String: [UInt8]] { state.withLock(\.pages) }
  /// The pages in the order they came.
  var roles: [(path: String, role: PageRole)] { state.withLock(\.roles) }
  /// Pages that were begun twice.
  var repeatedPaths: [String] { state.withLock(\.repeatedPaths) }
  /// The names of projects whose old pages go, or nil if all of them do.
  var gone: Set<String>? {
    guard case .kept(let names)? = state.withLock(\.unwritten) else { return nil }
    return Set(names.map { String(decoding: $0, as: UTF8.self) })
  }

  static let failure = StageFailure(.publish, code: "full", "no space is left")

  private func step(_ step: Step) throws {
    if step == failing { throw Self.failure }
  }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    state.withLock { state in
      state.steps.append("begin")
      state.unwritten = publication.unwritten
    }
    try step(.begin)
    return self
  }

  func write(_ batch: borrowing PageBatch) async throws {
    try step(.write)
    for page in batch.pages {
      let path = String(decoding: batch.paths.span.extracting(page.path))
      let bytes = Array(batch.content.span.extracting(page.content))
      state.withLock { state in
        if !page.continues, state.pages[path] != nil { state.repeatedPaths.append(path) }
        state.pages[path, default: []] += bytes
        if !page.continues { state.roles.append((path, page.role)) }
      }
    }
  }

  func commit() async throws -> [String] {
    state.withLock { $0.steps.append("commit") }
    try step(.commit)
    return warnings
  }

  func abandon() async { state.withLock { $0.steps.append("abandon") } }
}

extension Pipeline {
  /// A pipeline from sources of lines to sinks.
  static func make(
    _ sources: [[String]],
    _ sinks: [MemorySink],
    previous: [String]? = nil
  ) -> Pipeline {
    Pipeline(
      sources: sources.enumerated().map { Named("source-\($0)", MemorySource($1)) },
      render: RenderOptions(),
      sinks: sinks.enumerated().map { Named("sink-\($0)", $1) },
      previous: previous.map { MemorySource($0) }
    )
  }
}
