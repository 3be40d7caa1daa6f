import IndexRendering
import Synchronization

/// A publication to a sink whose failure is only warned of.
///
/// After its first failure it takes nothing more, so that the other sinks go on; `commit` tells the
/// failure.
final class TolerantSession: SinkSession {
  private let session: any SinkSession
  private let failure = Mutex<StageFailure?>(nil)

  init(_ session: any SinkSession) { self.session = session }

  func write(files: [OutgoingFile]) async throws {
    do {
      try await session.write(files: files)
    } catch let failed as StageFailure {
      failure.withLock { $0 = $0 ?? failed }
    }
  }

  func write(_ batch: borrowing PageBatch) async throws {
    guard failure.withLock({ $0 == nil }) else { return }
    do {
      try await session.write(batch)
    } catch let failed as StageFailure {
      failure.withLock { $0 = $0 ?? failed }
    }
  }

  func remove(_ paths: [[UInt8]]) async throws {
    guard failure.withLock({ $0 == nil }) else { return }
    do {
      try await session.remove(paths)
    } catch let failed as StageFailure {
      failure.withLock { $0 = $0 ?? failed }
    }
  }

  func commit() async throws -> [String] {
    if let failed = failure.withLock(\.self) { throw failed }
    return try await session.commit()
  }

  func abandon() async { await session.abandon() }
}
