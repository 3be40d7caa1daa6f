import IndexPipeline
import IndexRendering
import IndexTransport
import Synchronization

/// A place that keeps each object by itself: an HTTP server, a bucket, or a folder.
protocol RemoteStore: Sendable {
  /// What messages call the sink.
  var title: String { get }
  /// The run, and how to bear with a place that is only busy.
  var context: StageContext { get }
  /// How many requests may be under way at once.
  var concurrency: Int { get }
  /// Whether no other run can publish there, whatever it says of one that died.
  var isLocked: Bool { get }
  /// What a person should know of each publication there.
  var notices: [String] { get }

  /// What messages call an object, such as its URL.
  func name(of key: [UInt8]) -> String

  /// Reads an object; nil if there is none.
  ///
  /// - Parameter known: What was read before, which is not transferred again if it is still so.
  /// - Throws: `StageFailure` when that is not certain.
  func read(_ key: [UInt8], knowing known: RemoteObject?) async throws -> RemoteObject?

  /// Whether an object is there with these bytes, and all that goes with it.
  ///
  /// - Throws: `StageFailure` when that is not certain.
  func holds(_ content: [UInt8], at key: [UInt8]) async throws -> Bool

  /// Sends an object, once.
  ///
  /// - Returns: Whether it was taken; false where the place refused because of the condition.
  /// - Throws: `StageFailure`; of a kind that is transient where nobody knows what came of it.
  func put(_ page: RemotePage, at key: [UInt8], if condition: RemoteCondition) async throws -> Bool

  /// Sends items, each once and without a condition, until one of them is not taken.
  ///
  /// - Returns: What came of each.
  /// - Throws: `StageFailure` for a page that nothing can be sent of; `CancellationError`.
  func put(together items: [RemoteItem]) async throws -> [RemoteAttempt]

  /// Looks whether a file is there.
  ///
  /// - Throws: `StageFailure` when that is not certain.
  func presence(of file: OutgoingFile) async throws -> FilePresence

  /// Sends a file, once.
  ///
  /// - Throws: `StageFailure`; of a kind that is transient where nobody knows what came of it.
  func send(_ file: OutgoingFile) async throws

  /// Whether objects that were sent are seen only when they are settled.
  var settlesObjects: Bool { get }

  /// Makes all objects seen that were sent and are not yet.
  ///
  /// - Parameter settled: Is called for each of them, with what it is.
  /// - Throws: `StageFailure`; a part may be seen then.
  func settle(_ settled: (PageRole) -> Void) async throws

  /// Learns of pages that stay though they are no part of the index any more.
  ///
  /// - Throws: `StageFailure` when what must not stay with them cannot be removed.
  func leave(_ keys: [[UInt8]]) async throws

  /// Removes objects; those that are not there count as removed.
  ///
  /// - Returns: What could not be removed, and why.
  /// - Throws: `CancellationError`.
  func remove(_ keys: [[UInt8]]) async throws -> [RemoteLeftover]
}

/// An object of a place, as it was read.
struct RemoteObject: Sendable {
  let content: [UInt8]
  /// What to ask with whether it is still so.
  let validators: HTTPValidators?

  /// Which version it is, if a condition can name it: a weak tag never fits one (RFC 9110 13.1.1).
  var strongTag: String? {
    guard let tag = validators?.entityTag, tag.utf8.first == UInt8(ascii: "\"") else { return nil }
    return tag
  }
}

/// A page on its way to a place.
struct RemotePage: Sendable {
  /// Its path in the index.
  let path: [UInt8]
  let content: [UInt8]
  let type: ContentType
  let role: PageRole
}

/// When a place takes an object.
enum RemoteCondition: Sendable, Equatable {
  case always
  /// If there is none by its name.
  case absent
  /// If the one that is there is this version.
  case unchanged(String)

  /// The field that says so.
  var field: HTTPField? {
    switch self {
    case .always: nil
    case .absent: HTTPField("If-None-Match", "*")
    case .unchanged(let tag): HTTPField("If-Match", tag)
    }
  }
}

/// An object that could not be removed.
struct RemoteLeftover: Sendable {
  let key: [UInt8]
  let reason: String
}

extension RemoteStore {
  var isLocked: Bool { false }
  var notices: [String] { [] }
  var settlesObjects: Bool { false }
  func settle(_ settled: (PageRole) -> Void) async throws {}
  func leave(_ keys: [[UInt8]]) async throws {}

  func holds(_ content: [UInt8], at key: [UInt8]) async throws -> Bool {
    try await read(key, knowing: nil)?.content == content
  }

  /// Sends an object, as often as the framework wants to try.
  ///
  /// What came of a request that had no answer is looked up before it is sent again: it may well
  /// have been done. So it is after a refusal: libcurl by itself sends a request again whose
  /// connection was closed, and then the first one is what the condition forbids.
  ///
  /// - Parameter failure: What came of a first attempt, if there was one.
  /// - Returns: Whether it is there now; false where the place refused because of the condition.
  func write(
    _ page: RemotePage,
    at key: [UInt8],
    if condition: RemoteCondition = .always,
    after failure: StageFailure? = nil
  ) async throws -> Bool {
    var isUncertain = false
    var first = failure
    return try await context.retrying {
      if isUncertain, try await holds(page.content, at: key) { return true }
      do {
        if let failure = first.take() { throw failure }
        if try await put(page, at: key, if: condition) { return true }
        return try await holds(page.content, at: key)
      } catch let failure as StageFailure {
        if case .transient = failure.kind { isUncertain = true }
        throw failure
      }
    }
  }

  /// Looks which of some files are not there.
  ///
  /// - Throws: `StageFailure` if one has other bytes, or if that is not certain.
  func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] {
    let missing = Mutex<[Int]>([])
    try await forEach(upTo: files.count) { number in
      switch try await presence(of: files[number]) {
      case .absent: missing.withLock { $0.append(number) }
      case .same: break
      case .other:
        throw StageFailure(otherBytesAt: "\(title): \(name(of: files[number].path))")
      }
    }
    return missing.withLock { $0.sorted().map { files[$0] } }
  }

  /// Calls `body` for each of so many numbers, with as many calls at once as requests may be.
  func forEach(
    upTo count: Int,
    _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let next = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(count, concurrency) {
        group.addTask {
          while let number = next.take(below: count) {
            try Task.checkCancellation()
            try await body(number)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
