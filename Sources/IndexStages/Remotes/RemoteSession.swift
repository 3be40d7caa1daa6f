import IndexPipeline
import IndexRendering
import StrictJSON
import Synchronization

/// A publication to a place that keeps each page by itself.
///
/// Nothing there switches in one step, so the order matters: files are answered before a page is
/// sent, project pages before a root page, root pages before state, then comes the manifest, and what
/// goes is deleted last. In between, readers find more than the new index has, never less.
///
/// What can still go wrong leaves word in the intent: pages that may be new or old are compared by
/// the next run before it sends them, and pages that could not be deleted are deleted by it. The
/// manifest is written before the deletions, for it says what the pages *are*; what is left over
/// stands in the intent.
final class RemoteSession: SinkSession {
  private struct State {
    var queue = PageQueue()
    /// The sending of the pages before, which those after wait for.
    var sending: Task<Void, any Error>?
    var manifest: RemotePage?
    var gone: [[UInt8]] = []
    /// Whether a page may have been sent.
    var isTouched = false
    var tally = PublicationTally()
  }

  private let store: any RemoteStore
  private let keys: RemoteKeys
  private let lock: PublicationLock
  private let holdings: RemoteHoldings
  private let removal: RemoteRemoval
  private let state = Mutex(State())

  init(
    _ store: any RemoteStore,
    _ keys: RemoteKeys,
    _ lock: PublicationLock,
    over holdings: RemoteHoldings,
    _ removal: RemoteRemoval
  ) {
    self.store = store
    self.keys = keys
    self.lock = lock
    self.holdings = holdings
    self.removal = removal
  }

  func write(files: [OutgoingFile]) async throws {
    state.withLock { $0.isTouched = true }
    try await lock.note(sending: files.map(\.path))
    try await store.forEach(upTo: files.count) { [store] number in
      try await store.context.retrying { try await store.send(files[number]) }
    }
  }

  func write(_ batch: borrowing PageBatch) async throws {
    var last: Task<Void, any Error>?
    for page in batch.pages {
      let page = RemotePage(
        path: Array(batch.paths.span.extracting(page.path)),
        content: Array(batch.content.span.extracting(page.content)),
        type: page.type,
        role: page.role
      )
      let isManifest = page.path.elementsEqual(Manifest.path.utf8)
      let begun = state.withLock { state -> Task<Void, any Error>? in
        if isManifest {
          state.manifest = page
          return nil
        }
        state.tally.give(page.role)
        // Those that follow are only counted, so that it can be said how many are missing.
        guard state.tally.failure == nil else { return nil }
        let full = state.queue.add(page)
        for pages in full { start(pages, &state) }
        return full.isEmpty ? nil : state.sending
      }
      last = begun ?? last
    }
    // Whoever fills the queue waits until it is empty, and so goes no faster than the server.
    do {
      try await Self.wait(for: last)
    } catch let failure as StageFailure {
      try stop(failure)
    }
    // Other sinks switch only when all pages are here.
    if state.withLock({ $0.manifest }) != nil { try await finishSending() }
  }

  /// Sends no more pages: the run fails when all are counted if some can be seen, else at once.
  private func stop(_ failure: StageFailure) throws(StageFailure) {
    let isVisible = state.withLock { state in
      state.tally.stop(failure)
      return state.tally.isVisible
    }
    if !isVisible { throw failure }
  }

  private func finishSending() async throws {
    do {
      try await flush()
    } catch let failure as StageFailure {
      try stop(failure)
    }
    let tally = state.withLock { $0.tally }
    guard let failure = tally.failure else { return }
    throw tally.partialPublication(failure, title: store.title)
  }

  /// Sends pages after those that are being sent.
  private func start(_ pages: [RemotePage], _ state: inout State) {
    state.isTouched = true
    state.sending = Task { [self, before = state.sending] in
      try await before?.value
      // Pages of the whole index are there in any index, or soon replaced.
      try await lock.note(sending: pages.filter { $0.role == .project }.map(\.path))
      try await store.send(items(of: pages), isUncertain: holdings.isUncertain) { item, isSent in
        let isSeen = !isSent || !self.store.settlesObjects
        if item.isLast, isSeen { self.state.withLock { $0.tally.answer(item.page.role) } }
      }
      try await store.settle { role in self.state.withLock { $0.tally.answer(role) } }
    }
  }

  /// Sends what still waits, and waits for all answers.
  private func flush() async throws {
    let last = state.withLock { state in
      let rest = state.queue.take()
      if !rest.isEmpty { start(rest, &state) }
      return state.sending
    }
    try await Self.wait(for: last)
  }

  /// Waits until pages are sent, and ends that if the run is to end.
  private static func wait(for sending: Task<Void, any Error>?) async throws {
    try await withTaskCancellationHandler {
      try await sending?.value
    } onCancel: {
      sending?.cancel()
    }
  }

  private func items(of pages: [RemotePage]) -> [RemoteItem] {
    pages.flatMap { page in
      let keys = keys.keys(of: page.path)
      return keys.enumerated().map { number, key in
        RemoteItem(page: page, key: key, isLast: number == keys.count - 1)
      }
    }
  }

  func remove(_ paths: [[UInt8]]) async throws { state.withLock { $0.gone = paths } }

  func commit() async throws -> [String] {
    let (manifest, pages) = state.withLock { ($0.manifest, $0.gone) }
    let gone = removal.isMeant ? pages + removal.files : []
    try await finishSending()
    // The manifest no longer tells of them.
    try await lock.note(sending: gone)
    try await lock.confirm()
    if !removal.isMeant { try await store.leave(pages) }
    if let manifest { try await write(manifest: manifest) }
    var warnings = await lock.isHonoured ? [] : [store.unlocked]
    do {
      warnings += try await finish(gone, hasManifest: manifest != nil)
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
  private func finish(_ gone: [[UInt8]], hasManifest: Bool) async throws -> [String] {
    var stale = gone
    // One that says what is no longer so is worse than none.
    if !hasManifest, holdings.manifest != nil { stale.append(Array(Manifest.path.utf8)) }
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
    let reason = try await lock.release()
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

extension RemoteStore {
  /// What a person should know of a place where nothing can be locked.
  fileprivate var unlocked: String {
    "\(title): the server ignores conditions (If-None-Match), so that nothing keeps two runs from "
      + "publishing to it at once: let only one do so"
  }

  fileprivate var isOvertaken: StageFailure {
    StageFailure(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "\(title): another run published to the same place in the meantime",
      notes: ["pages may be of either run until the next one"],
      help: "run again: it compares all pages"
    )
  }
}
