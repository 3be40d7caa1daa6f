import IndexPipeline
import IndexRendering
import IndexTransport

/// Keeps other runs from publishing to a place, where the place can, and tells those that follow
/// how far this one came.
///
/// The lock is a lease: a run that dies keeps others out until it is over, and one that takes long
/// prolongs it while it sends pages.
actor PublicationLock {
  private let store: any RemoteStore
  private let lease: Int64
  private var intent: PublicationIntent
  /// Whether the place refuses what a condition forbids; if not, there is no lock.
  private(set) var isHonoured = true
  /// Whether a run died that held it, so that pages may not be as the manifest says.
  private(set) var isAdopted: Bool

  private init(_ store: any RemoteStore, lease: Int64, after other: PublicationIntent?) {
    self.store = store
    self.lease = lease
    let now = ProcessSettings.now
    let run = String(UInt64.random(in: 0 ... .max), radix: 36)
    intent = PublicationIntent(run: run, started: now, until: now + lease)
    isAdopted = other != nil
    intent.leftovers = other?.leftovers ?? []
  }

  /// Takes the lock, from a run that died too.
  ///
  /// Places that do not know conditions ignore them silently, so that the same bytes are sent twice
  /// under a condition that forbids the second time.
  ///
  /// - Parameters:
  ///   - lease: For how many seconds others believe that this run lives.
  ///   - other: What was found of a run that died: what it left over still is, should this one die
  ///     as well.
  /// - Throws: `StageFailure` of a kind that is transient if another run holds it.
  static func take(
    _ store: any RemoteStore,
    lease: Int64,
    after other: PublicationIntent?
  ) async throws -> PublicationLock {
    let lock = PublicationLock(store, lease: lease, after: other)
    try await lock.take()
    return lock
  }

  private func take() async throws {
    guard try await write(if: .absent) else { return try await adopt() }
    isHonoured = try await !store.putAgain(page)
  }

  /// Takes the lock of a run that died.
  private func adopt() async throws {
    let found = try await store.read(PublicationIntent.path, knowing: nil)
    let other = found.map { PublicationIntent(reading: $0.content) }
    if let other, store.isLocked || other.until <= ProcessSettings.now {
      intent.leftovers = other.leftovers
      isAdopted = true
      let condition = found?.strongTag.map { RemoteCondition.unchanged($0) } ?? .always
      if try await write(if: condition) { return }
    }
    throw isTaken(other?.until)
  }

  /// Says which pages are sent next, and prolongs the lease.
  ///
  /// After a run that died, those of them go which are not part of the index then. A long list is
  /// not told to its end: it would be sent again with each part of the pages.
  ///
  /// - Throws: `StageFailure` if another run took the lock.
  func note(sending paths: [[UInt8]]) async throws {
    let now = ProcessSettings.now
    let isHalfOver = now > intent.until - lease / 2
    let isNews = !paths.isEmpty && intent.leftovers.count < Self.noted
    guard isNews || isHalfOver else { return }
    if isHalfOver { try await checkOwner() }
    if isNews { intent.leftovers += paths.prefix(Self.noted - intent.leftovers.count) }
    intent.until = now + lease
    _ = try await write()
  }

  /// The most pages that are noted.
  private static let noted = 20_000

  /// Makes certain that the lock is still this run's.
  ///
  /// - Throws: `StageFailure` if another run took it.
  func confirm() async throws {
    if ProcessSettings.now >= intent.until { try await checkOwner() }
  }

  private func checkOwner() async throws {
    let found = try await store.read(PublicationIntent.path, knowing: nil)
    let owner = found.map { PublicationIntent(reading: $0.content) }
    guard let owner, owner.run.utf8.elementsEqual(intent.run.utf8) else {
      throw isTaken(owner?.until)
    }
  }

  /// Says that all pages are new, and which may be left over.
  func note(leftovers: [[UInt8]]) async throws {
    intent.stage = .removing
    intent.leftovers = leftovers
    _ = try await write()
  }

  /// Ends the lease, but leaves word of what is not done.
  func leave() async throws {
    intent.until = 0
    _ = try await write()
  }

  /// Removes all that is there of the lock.
  ///
  /// - Returns: Why it is still there, if it is.
  func release() async throws -> String? {
    try await store.remove([PublicationIntent.path]).first?.reason
  }

  private var page: RemotePage {
    RemotePage(path: PublicationIntent.path, content: intent.bytes, type: .json, role: .state)
  }

  private func write(if condition: RemoteCondition = .always) async throws -> Bool {
    try await store.write(page, at: PublicationIntent.path, if: condition)
  }

  private func isTaken(_ until: Int64?) -> StageFailure {
    let end = until.flatMap { HTTPDate(seconds: $0) }.map { ", until \($0) at the longest" } ?? ""
    let place = store.name(of: PublicationIntent.path)
    return StageFailure(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "\(store.title): another run publishes to the same place\(end)",
      notes: ["it holds \(place)"],
      help: "run again later; if no other run is alive, remove that page"
    )
  }
}

extension RemoteStore {
  /// Sends the intent where it must not be taken, for it is there.
  fileprivate func putAgain(_ page: RemotePage) async throws -> Bool {
    try await context.retrying { try await put(page, at: page.path, if: .absent) }
  }
}
