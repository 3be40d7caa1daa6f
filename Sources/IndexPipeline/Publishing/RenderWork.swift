import IndexModel
import IndexRendering
import StrictJSON
import Synchronization

/// Shares rendering and writing out to all cores.
///
/// Each core takes the next piece of work, renders it into its own batch and hands the batch to
/// the sinks: what was rendered is written while it is still in the core's cache.
final class RenderWork: Sendable {
  private let selection: Selection
  private let catalog: Catalog
  private let options: RenderOptions
  private let receivers: [SinkFeed.Receiver]
  private let observer: any RunObserver
  private let nextShard = Atomic(0)
  private let nextRootPage = Atomic(0)
  private let pageCount = Atomic(0)
  private let byteCount = Atomic(0)

  /// What was made, and what that changes.
  struct Outcome: Sendable {
    /// All pages with their digests; empty if nobody compares.
    fileprivate(set) var pages: [RenderedPage] = []
    fileprivate var tallies: [[ChangeTally?]] = []

    fileprivate mutating func add(_ other: Outcome) {
      pages += other.pages
      tallies += other.tallies
    }

    /// What changes at each sink; nil for one of which nobody knows what it held.
    func changes(at receivers: [SinkFeed.Receiver]) -> [Changes?] {
      receivers.enumerated().map { number, receiver in
        receiver.inventory.map { inventory in
          ChangeTally.total(of: tallies.compactMap { $0[number] }, against: inventory)
        }
      }
    }
  }

  /// What one core has of its own.
  private struct Core: ~Copyable {
    var renderer: Renderer
    let feeds: [SinkFeed]
    /// Whether anybody wants to know the digests of pages.
    let comparesPages: Bool
    /// Whether parts are put together for whoever wants whole pages.
    let gathersParts: Bool
    /// The page in parts that is under way.
    var parts = PageParts()
    var outcome = Outcome()
  }

  init(
    _ selection: Selection,
    _ catalog: Catalog,
    _ options: RenderOptions,
    _ receivers: [SinkFeed.Receiver],
    _ observer: any RunObserver
  ) {
    self.selection = selection
    self.catalog = catalog
    self.options = options
    self.receivers = receivers
    self.observer = observer
  }

  /// Renders all pages, those of projects first and state last, and writes them.
  func write(into report: inout Report) async throws -> Outcome {
    let clock = StopWatch()
    observer.stageStarted(kind: "render", id: "render")
    var outcome = try await writeProjectPages()
    outcome.add(try await writePages(of: .root))
    outcome.add(try await writePages(of: .state))
    var stage = Report.Stage(kind: "render", id: "render")
    stage.input = catalog.projects.count
    stage.output = pageCount.load(ordering: .relaxed)
    stage.bytes = byteCount.load(ordering: .relaxed)
    report.finish(stage, clock, observer)
    return outcome
  }

  private func writeProjectPages() async throws -> Outcome {
    try await onAllCores { work, core in
      let number = work.nextShard.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < work.selection.shards.count else { return false }
      for project in work.selection.shards[number] {
        core.renderer.render(project: project, of: work.catalog)
        if core.renderer.batch.content.count > 1 << 20 { try await work.writeWhole(&core) }
      }
      try await work.writeWhole(&core)
      return true
    }
  }

  /// Writes the pages of the whole index that have a role, each on one core.
  private func writePages(of role: PageRole) async throws -> Outcome {
    let pages = selection.rootPages.filter { $0.role == role }
    nextRootPage.store(0, ordering: .relaxed)
    return try await onAllCores { work, core in
      let number = work.nextRootPage.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < pages.count else { return false }
      for part in 0..<work.selection.plan.partCount(of: pages[number]) {
        core.renderer.render(part: part, of: pages[number], work.selection.plan, work.catalog)
        try await work.writeParts(&core)
      }
      try await work.endPage(&core)
      return true
    }
  }

  /// Calls `step` on every core until it says that there is no more work.
  private func onAllCores(
    _ step: @escaping @Sendable (RenderWork, inout Core) async throws -> Bool
  ) async throws -> Outcome {
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<coreCount {
        group.addTask {
          var core = Core(
            renderer: Renderer(self.options),
            feeds: self.receivers.map { SinkFeed($0) },
            comparesPages: self.receivers.contains { $0.inventory != nil || $0.sendsChangesOnly },
            gathersParts: self.receivers.contains(where: \.wantsWholePages)
          )
          while try await step(self, &core) { try Task.checkCancellation() }
          core.outcome.tallies = [core.feeds.map(\.tally)]
          return core.outcome
        }
      }
      return try await group.reduce(into: Outcome()) { $0.add($1) }
    }
  }

  /// Sends pages that are whole.
  private func writeWhole(_ core: inout Core) async throws {
    guard !core.renderer.batch.pages.isEmpty else { return }
    for feed in core.feeds { try await feed.stream(core.renderer.batch) }
    if core.comparesPages {
      let pages = core.renderer.batch.rendered
      core.outcome.pages += pages
      for feed in core.feeds { try await feed.compare(core.renderer.batch, pages) }
    }
    count(core.renderer.batch)
    core.renderer.batch.removeAll()
  }

  /// Sends parts of a page.
  private func writeParts(_ core: inout Core) async throws {
    guard !core.renderer.batch.pages.isEmpty else { return }
    for feed in core.feeds { try await feed.stream(core.renderer.batch) }
    if core.comparesPages { core.parts.add(core.renderer.batch, gathers: core.gathersParts) }
    count(core.renderer.batch)
    core.renderer.batch.removeAll()
  }

  /// Compares the page whose parts were sent.
  private func endPage(_ core: inout Core) async throws {
    guard let page = core.parts.end() else { return }
    core.outcome.pages.append(page)
    for feed in core.feeds { try await feed.compare(core.parts.whole, [page]) }
    core.parts.removeAll()
  }

  private func count(_ batch: borrowing PageBatch) {
    var pages = 0
    for page in batch.pages where !page.continues { pages += 1 }
    let done = pageCount.wrappingAdd(pages, ordering: .relaxed).newValue
    byteCount.wrappingAdd(batch.content.count, ordering: .relaxed)
    observer.stageAdvanced(kind: "render", id: "render", done: done, total: 0)
  }
}

extension PageBatch {
  /// The pages with their digests, all of which are whole.
  fileprivate var rendered: [RenderedPage] {
    pages.map { page in
      RenderedPage(
        path: Array(paths.span.extracting(page.path)),
        digest: PageDigest(content.span.extracting(page.content))
      )
    }
  }
}
