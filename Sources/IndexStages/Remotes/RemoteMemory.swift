import IndexPipeline
import Synchronization

/// What a sink of the network knows of its run, from one call to the next.
final class RemoteMemory: Sendable {
  private struct Known {
    var context: StageContext?
    var store: (any RemoteStore)?
    var holdings: RemoteHoldings?
  }

  private let known = Mutex(Known())

  /// Forgets the run before.
  func open(_ context: StageContext) { known.withLock { $0 = Known(context: context) } }

  /// Lets go of connections.
  func close() { known.withLock { $0 = Known() } }

  /// The place, made when it is first asked for.
  private func store(
    _ make: (StageContext) throws(StageFailure) -> any RemoteStore
  ) throws(StageFailure) -> any RemoteStore {
    let context = known.withLock { known in (known.store, known.context) }
    if let store = context.0 { return store }
    let store = try make(context.1 ?? StageContext(.sink, id: "sink"))
    known.withLock { $0.store = store }
    return store
  }

  /// Reads what the place holds.
  func inventory(
    _ make: (StageContext) throws(StageFailure) -> any RemoteStore
  ) async throws -> Inventory {
    let store = try store(make)
    let holdings = try await RemoteHoldings(of: store)
    known.withLock { $0.holdings = holdings }
    return try holdings.inventory(of: store)
  }

  /// Looks which of some files are not there.
  func missing(
    of files: [OutgoingFile],
    _ make: (StageContext) throws(StageFailure) -> any RemoteStore
  ) async throws -> [OutgoingFile] {
    try await store(make).missing(of: files)
  }

  /// Takes the lock of the place, and makes certain that it is as it was found.
  func begin(
    _ publication: Publication,
    _ keys: RemoteKeys,
    lease: Duration,
    _ removal: RemoteRemoval,
    _ make: (StageContext) throws(StageFailure) -> any RemoteStore
  ) async throws -> RemoteSession {
    let store = try store(make)
    let found: RemoteHoldings
    if let known = known.withLock({ $0.holdings.take() }) {
      found = known
    } else {
      found = try await RemoteHoldings(of: store)
    }
    let lock = try await PublicationLock.take(
      store,
      lease: max(1, lease.components.seconds),
      over: found,
      announcing: publication.projectPages
    )
    let session = RemoteSession(store, keys, lock, over: found, removal)
    do {
      if await lock.isUninterrupted { return session }
      guard try await found.isCurrent(at: store) else { throw store.isOutdated }
    } catch {
      await session.abandon()
      throw error
    }
    return session
  }
}
