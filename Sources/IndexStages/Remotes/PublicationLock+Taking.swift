import IndexPipeline
import IndexRendering
import IndexTransport

// How a run takes the lock of a place.
extension PublicationLock {
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
    // All pages are known, and only this run writes a manifest: another one than was found ends it.
    intent.replaces = replaced.map { PageDigest($0.span) }
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
      intent.replaces = nil
      try await adopt(after: rest)
    }
  }

  private func noteConditions() { intent.honoured = isHonoured ? ProcessSettings.now : 0 }

  /// Takes the lock of a run that died.
  private func adopt(after rest: RemoteHoldings.Rest? = nil) async throws {
    let found = try await store.read(PublicationIntent.path, knowing: nil)
    let other = found.map { PublicationIntent(reading: $0.content) }
    let isOver = other?.isOver(with: replaced) ?? false
    if isOver, let other, !other.isOfRun(rest?.intent.run) { throw store.isOutdated }
    if let other, store.isLocked || isOver || other.until <= ProcessSettings.now {
      if !isOver {
        intent.leftovers = other.leftovers + announced
        isAdopted = true
      }
      let condition = found?.strongTag.map { RemoteCondition.unchanged($0) } ?? .always
      if try await write(if: condition) { return }
    }
    throw store.isTaken(until: other?.until)
  }
}

extension RemoteStore {
  /// Sends the intent where it must not be taken, for it is there.
  fileprivate func putAgain(_ page: RemotePage) async throws -> Bool {
    try await context.retrying { try await put(page, at: page.path, if: .absent) }
  }
}
