public import IndexPipeline
public import IndexRendering
import StrictJSON
import Synchronization

/// A sink that keeps pages in memory, remembers what was done to it, and fails where a test wants.
public final class MemorySink: Sink, SinkSession {
  /// The type `memory`.
  public static let info = StageInfo(
    type: "memory",
    summary: "Keeps the pages in memory and forgets them at the end.",
    example: #"{ "type": "memory" }"#
  )

  /// What a session does.
  public enum Step: Sendable, Equatable {
    case begin, write, commit
  }

  private struct State {
    var steps: [String] = []
    var pages: [String: [UInt8]] = [:]
    var published: [String: [UInt8]] = [:]
    var roles: [(path: String, role: PageRole)] = []
    var unwritten: Publication.Unwritten?
    var repeatedPaths: [String] = []
    var writes = 0
  }

  private let failing: Step?
  private let patience: Int
  private let warnings: [String]
  /// Whether it gets all pages as soon as one changes.
  public let takesAllPages: Bool
  private let state = Mutex(State())

  /// Creates a sink.
  ///
  /// - Parameters:
  ///   - failing: The step that fails.
  ///   - patience: How many writes go well before one fails.
  ///   - warnings: What it warns of when it commits.
  ///   - takesAllPages: Whether it gets all pages as soon as one changes.
  public init(
    failing: Step? = nil,
    after patience: Int = 0,
    warnings: [String] = [],
    takesAllPages: Bool = false
  ) {
    (self.failing, self.patience, self.warnings) = (failing, patience, warnings)
    self.takesAllPages = takesAllPages
  }

  /// Reads nothing.
  public convenience init(from settings: inout Settings) { self.init() }

  /// The calls other than `write`, in their order.
  public var steps: [String] { state.withLock(\.steps) }
  /// The bytes of each page.
  public var pages: [String: [UInt8]] { state.withLock(\.pages) }
  /// The bytes of each page that a reader sees.
  public var published: [String: [UInt8]] { state.withLock(\.published) }
  /// The pages in the order they came.
  public var roles: [(path: String, role: PageRole)] { state.withLock(\.roles) }
  /// Pages that were begun twice.
  public var repeatedPaths: [String] { state.withLock(\.repeatedPaths) }
  /// The names of projects whose old pages go, or nil if all of them do.
  public var gone: Set<String>? {
    guard case .kept(let names)? = state.withLock(\.unwritten) else { return nil }
    return Set(names.map { String(decoding: $0, as: UTF8.self) })
  }

  /// What it fails with.
  public static let failure = StageFailure(.publish, code: "full", "no space is left")

  private func step(_ step: Step) throws {
    if step == failing { throw Self.failure }
  }

  /// The pages of the last publication that was committed.
  public func inventory() async throws -> Inventory {
    let pages = state.withLock(\.published)
    if let manifest = pages[Manifest.path] {
      return Inventory(try Manifest(manifest)) { pages["larder/records.jsonl"] ?? [] }
    }
    var inventory = Inventory()
    for (path, bytes) in pages {
      inventory.add(Array(path.utf8), PageDigest(bytes.span))
      if path == "larder/records.jsonl" { inventory.records = bytes }
    }
    return inventory
  }

  /// Remembers what will stay.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    state.withLock { state in
      state.steps.append("begin")
      state.pages = [:]
      state.unwritten = publication.unwritten
    }
    try step(.begin)
    return self
  }

  /// Keeps the pages.
  public func write(_ batch: borrowing PageBatch) async throws {
    let writes = state.withLock { state in
      state.writes += 1
      return state.writes
    }
    if writes > patience { try step(.write) }
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

  /// Counts as a switch.
  public func commit() async throws -> [String] {
    state.withLock { $0.steps.append("commit") }
    try step(.commit)
    state.withLock { state in
      switch state.unwritten {
      case .kept(let except):
        state.published = state.published.filter { path, _ in
          let bytes = Array(path.utf8)
          var name: [UInt8] = []
          if case .project(let range) = PagePath(bytes.span) { name = Array(bytes[range]) }
          return !except.contains(name) && path != Manifest.path
        }
        state.published.merge(state.pages) { $1 }
      default: state.published = state.pages
      }
    }
    return warnings
  }

  /// Counts as an abandonment.
  public func abandon() async { state.withLock { $0.steps.append("abandon") } }
}
