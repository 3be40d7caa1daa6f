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
  /// Whether it is certain that no other run has published since the place was looked at.
  private(set) var isUninterrupted = false
  /// The pages that the intent has told of from the beginning.
  private let announced: Set<[UInt8]>

  private init(
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
    isAdopted = holdings.intent != nil
    intent.leftovers = (holdings.intent?.leftovers ?? []) + paths
    intent.codings = codings
    announced = Set(paths)
  }

  /// Takes the lock, from a run that died too.
  ///
  /// - Parameters:
  ///   - lease: For how many seconds others believe that this run lives.
  ///   - holdings: What was found: what a run left over that died still is, should this one die as
  ///     well.
  ///   - paths: Pages that will be sent, as far as they are known.
  ///   - codings: In which codings compressed copies of pages may be there.
  /// - Throws: `StageFailure` of a kind that is transient if another run holds it, or has published
  ///   since.
  static func take(
    _ store: any RemoteStore,
    lease: Int64,
    over holdings: RemoteHoldings,
    announcing paths: [[UInt8]] = [],
    _ codings: [ContentCoding] = []
  ) async throws -> PublicationLock {
    let lock = PublicationLock(store, lease: lease, over: holdings, paths, codings)
    if let rest = holdings.rest {
      try await lock.take(after: rest)
    } else {
      try await lock.takeFirst()
    }
    return lock
  }

  /// Takes the lock where there is none.
  ///
  /// Places that do not know conditions ignore them silently, so that the same bytes are sent twice
  /// under a condition that forbids the second time.
  private func takeFirst() async throws {
    guard try await write(if: .absent) else { return try await adopt() }
    isHonoured = try await !store.putAgain(page)
    noteConditions()
  }

  /// For how many seconds it is believed that a place keeps to conditions.
  private static let trust: Int64 = 86_400

  /// Takes the lock in the place of what the last run left.
  private func take(after rest: RemoteHoldings.Rest) async throws {
    let age = ProcessSettings.now - rest.intent.honoured
    if age < 0 || age >= Self.trust {
      // It is there: whoever takes it ignores conditions.
      isHonoured = try await !write(if: .absent)
      noteConditions()
      guard isHonoured else { return }
    }
    if let tag = rest.tag, try await write(if: .unchanged(tag)) {
      isUninterrupted = true
    } else {
      try await adopt(after: rest)
    }
  }

  private func noteConditions() { intent.honoured = isHonoured ? ProcessSettings.now : 0 }

  /// Takes the lock of a run that died.
  private func adopt(after rest: RemoteHoldings.Rest? = nil) async throws {
    let found = try await store.read(PublicationIntent.path, knowing: nil)
    let other = found.map { PublicationIntent(reading: $0.content) }
    if let other, other.stage == .over, !other.isOfRun(rest?.intent.run) {
      throw store.isOutdated
    }
    if let other, store.isLocked || other.until <= ProcessSettings.now {
      if other.stage != .over {
        intent.leftovers = other.leftovers + announced
        isAdopted = true
      }
      let condition = found?.strongTag.map { RemoteCondition.unchanged($0) } ?? .always
      if try await write(if: condition) { return }
    }
    throw store.isTaken(until: other?.until)
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
    let room = max(0, Self.noted - intent.leftovers.count)
    let news = paths.lazy.filter { [announced] in !announced.contains($0) }.prefix(room)
    guard !news.isEmpty || isHalfOver else { return }
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
    _ = try await write()
  }

  /// Says that the publication is over.
  ///
  /// - Returns: Why it could not be said, if so.
  func release() async throws -> String? {
    // Where nobody else can be, there is nothing to be said.
    if store.isLocked { return try await withdraw() }
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

  private var page: RemotePage {
    RemotePage(path: PublicationIntent.path, content: intent.bytes, type: .json, role: .state)
  }

  private func write(if condition: RemoteCondition = .always) async throws -> Bool {
    try await store.write(page, at: PublicationIntent.path, if: condition)
  }
}

extension RemoteStore {
  /// Sends the intent where it must not be taken, for it is there.
  fileprivate func putAgain(_ page: RemotePage) async throws -> Bool {
    try await context.retrying { try await put(page, at: page.path, if: .absent) }
  }
}
