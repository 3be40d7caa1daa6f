import IndexPipeline
import IndexRendering
import Synchronization

/// A sink that writes nothing, and looks at another one's pages when it is its turn to commit.
final class LookingSink: Sink, SinkSession {
  static let info = StageInfo(type: "kit-looking", summary: "Looks on.", example: "{}")

  private let look: @Sendable () throws -> [String: [UInt8]]
  private let found = Mutex<Result<[String: [UInt8]], any Error>?>(nil)

  init(_ look: @escaping @Sendable () throws -> [String: [UInt8]]) { self.look = look }

  convenience init(from settings: inout Settings) { self.init { [:] } }

  /// What was there before the sinks behind this one committed.
  func seen() throws -> [String: [UInt8]]? { try found.withLock { try $0?.get() } }

  func begin(_ publication: Publication) async throws -> any SinkSession { self }

  func write(_ batch: borrowing PageBatch) async throws {}

  func commit() async throws -> [String] {
    let result = Result { try look() }
    found.withLock { $0 = result }
    return []
  }

  func abandon() async {}
}
