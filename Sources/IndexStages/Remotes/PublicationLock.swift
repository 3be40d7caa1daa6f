import IndexPipeline
import IndexRendering
import IndexTransport

/// Keeps other runs from publishing to a place, where the place can, and tells those that follow
/// how far this one came.
///
/// The lock is a lease: a run that dies keeps others out until it is over, and one that takes long
/// prolongs it while it sends pages.
actor PublicationLock {
  let store: any RemoteStore
  private let lease: Int64
  var intent: PublicationIntent
  /// Whether the place refuses what a condition forbids; if not, there is no lock.
  var isHonoured = true
  /// Whether a run died that held it, so that pages may not be as the manifest says.
  var isAdopted: Bool
  /// Whether it is certain that no other run has published since the place was looked at.
  var isUninterrupted = false
  /// The manifest that was found.
  let replaced: [UInt8]?
  /// The pages that the intent has told of from the beginning.
  let announced: Set<[UInt8]>

  init(
    _ store: any RemoteStore,
    lease: Int64,
    over holdings: RemoteHoldings,
    _ paths: [[UInt8]],
    _ codings: [ContentCoding]
  ) {
    self.store = store
    self.lease = lease
    let now = ProcessSettings.now
    let run = String(UInt64.random(in: 0 ... .max), radix: 36)
    intent = PublicationIntent(run: run, started: now, until: now + lease)
    intent.honoured = holdings.rest?.intent.honoured ?? 0
    replaced = holdings.manifest?.content
    isAdopted = holdings.intent != nil
    intent.leftovers = (holdings.intent?.leftovers ?? []) + paths
    intent.codings = codings
    announced = Set(paths)
  }

  /// Says which pages are sent next, and prolongs the lease.
  ///
  /// After a run that died, those of them go which are not part of the index then. A long list is
  /// not told to its end: it would be sent again with each part of the pages.
  ///
  /// - Throws: `StageFailure` if another run took the lock.
  func note(sending paths: [[UInt8]]) async throws { try await tell(of: paths) }

  /// Says what is removed after the manifest, which then is not the end.
  ///
  /// - Throws: `StageFailure` if another run took the lock.
  func note(removing paths: [[UInt8]]) async throws {
    guard !paths.isEmpty else { return }
    let ended = intent.replaces.take() != nil
    try await tell(of: paths, isUrgent: ended)
  }

  private func tell(of paths: [[UInt8]], isUrgent: Bool = false) async throws {
    let now = ProcessSettings.now
    let isHalfOver = now > intent.until - lease / 2
    let room = max(0, Self.noted - intent.leftovers.count)
    let news = paths.lazy.filter { [announced] in !announced.contains($0) }.prefix(room)
    guard isUrgent || isHalfOver || !news.isEmpty else { return }
    if isHalfOver { try await checkOwner() }
    intent.leftovers += news
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
    guard let owner, owner.isOfRun(intent.run) else {
      throw store.isTaken(until: owner?.until)
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
    intent.replaces = nil
    _ = try await write()
  }

  /// Says that the publication is over, if the manifest does not say so already.
  ///
  /// - Parameter manifest: The one that is there now.
  /// - Returns: Why it could not be said, if so.
  func release(with manifest: [UInt8]?) async throws -> String? {
    // Where nobody else can be, there is nothing to be said.
    if store.isLocked { return try await withdraw() }
    if intent.isOver(with: manifest) { return nil }
    intent.stage = .over
    intent.until = 0
    intent.leftovers = []
    do {
      _ = try await write()
      return nil
    } catch let failure as StageFailure {
      return failure.message
    }
  }

  /// Removes all that is there of the lock, of a publication that did not begin.
  ///
  /// - Returns: Why it is still there, if it is.
  func withdraw() async throws -> String? {
    try await store.remove([PublicationIntent.path]).first?.reason
  }

  var page: RemotePage {
    RemotePage(path: PublicationIntent.path, content: intent.bytes, type: .json, role: .state)
  }

  func write(if condition: RemoteCondition = .always) async throws -> Bool {
    try await store.write(page, at: PublicationIntent.path, if: condition)
  }
}
