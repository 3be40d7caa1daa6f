import IndexPipeline
import IndexRendering
import Synchronization

// The end of a publication: the manifest, and what goes.
extension RemoteSession {
  func commit() async throws -> [String] {
    let (manifest, pages) = state.withLock { ($0.manifest, $0.gone) }
    let gone = removal.isMeant ? pages + removal.files : []
    try await finishSending()
    // The manifest no longer tells of them.
    try await lock.note(removing: gone)
    try await lock.confirm()
    if !removal.isMeant { try await store.leave(pages) }
    if let manifest { try await write(manifest: manifest) }
    var warnings = await store.notices + (lock.isHonoured ? [] : [store.unlocked])
    do {
      warnings += try await finish(gone, manifest)
    } catch let failure as StageFailure {
      warnings.append("the index is published, but not all is cleaned up: \(failure.message)")
    }
    return warnings
  }

  private func write(manifest: RemotePage) async throws {
    var condition = RemoteCondition.always
    if await lock.isHonoured {
      let known = holdings.manifest
      condition = known == nil ? .absent : known?.strongTag.map { .unchanged($0) } ?? .always
    }
    if try await store.write(manifest, at: manifest.path, if: condition) { return }
    throw store.isOvertaken
  }

  /// Deletes what goes, and says at last that all is done.
  private func finish(_ gone: [[UInt8]], _ manifest: RemotePage?) async throws -> [String] {
    var stale = gone
    // One that says what is no longer so is worse than none.
    if manifest == nil, holdings.manifest != nil { stale.append(Array(Manifest.path.utf8)) }
    if !stale.isEmpty {
      try await lock.note(leftovers: stale)
      let leftovers = try await store.remove(stale.flatMap { keys.keys(of: $0) })
      if let first = leftovers.first {
        try await lock.leave()
        return [
          "\(leftovers.count) of \(stale.count) pages and files that are gone could not be deleted, and are tried "
            + "again by the next run: \(store.name(of: first.key)): \(first.reason)"
        ]
      }
    }
    let reason = try await lock.release(with: manifest?.content)
    return reason.map { ["\(store.name(of: PublicationIntent.path)) is left over: \($0)"] } ?? []
  }

  func abandon() async {
    let (isTouched, sending) = state.withLock { ($0.isTouched, $0.sending) }
    sending?.cancel()
    _ = await sending?.result
    // What cannot be said now the next run sees by the intent that is still there.
    let isAdopted = await lock.isAdopted
    if isTouched || isAdopted { try? await lock.leave() } else { _ = try? await lock.withdraw() }
  }
}
