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
  struct State {
    var queue = PageQueue()
    /// The sending of the pages before, which those after wait for.
    var sending: Task<Void, any Error>?
    var manifest: RemotePage?
    var gone: [[UInt8]] = []
    /// Whether a page may have been sent.
    var isTouched = false
    var tally = PublicationTally()
  }

  let store: any RemoteStore
  let keys: RemoteKeys
  let lock: PublicationLock
  let holdings: RemoteHoldings
  let removal: RemoteRemoval
  let state = Mutex(State())

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

  func finishSending() async throws {
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
}
