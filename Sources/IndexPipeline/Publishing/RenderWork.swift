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
  private let sessions: [any SinkSession]
  private let holdings: [Inventory]?
  private let observer: any RunObserver
  private let nextShard = Atomic(0)
  private let nextRootPage = Atomic(0)
  private let pageCount = Atomic(0)
  private let byteCount = Atomic(0)

  /// What one core has of its own.
  private struct Core: ~Copyable {
    var renderer: Renderer
    var tallies: [ChangeTally]
  }

  /// Makes the work; without sessions, pages are compared with what sinks hold and forgotten.
  init(
    _ selection: Selection,
    _ catalog: Catalog,
    _ options: RenderOptions,
    _ sessions: [any SinkSession],
    _ holdings: [Inventory]?,
    _ observer: any RunObserver
  ) {
    self.selection = selection
    self.catalog = catalog
    self.options = options
    self.sessions = sessions
    self.holdings = holdings
    self.observer = observer
  }

  /// Renders all pages, those of projects first and state last, and writes them.
  ///
  /// - Returns: What that changes at each sink whose holdings are known.
  func write(into report: inout Report) async throws -> [Changes] {
    let clock = StopWatch()
    observer.stageStarted(kind: "render", id: "render")
    var tallies = try await writeProjectPages()
    tallies += try await writePages(of: .root)
    tallies += try await writePages(of: .state)
    var stage = Report.Stage(kind: "render", id: "render")
    stage.input = catalog.projects.count
    stage.output = pageCount.load(ordering: .relaxed)
    stage.bytes = byteCount.load(ordering: .relaxed)
    report.finish(stage, clock, observer)
    return (holdings ?? []).enumerated().map { number, inventory in
      ChangeTally.total(of: tallies.map { $0[number] }, against: inventory)
    }
  }

  private func writeProjectPages() async throws -> [[ChangeTally]] {
    try await onAllCores { work, core in
      let number = work.nextShard.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < work.selection.shards.count else { return false }
      for project in work.selection.shards[number] {
        core.renderer.render(project: project, of: work.catalog)
        if core.renderer.batch.content.count > 1 << 20 { try await work.write(&core) }
      }
      try await work.write(&core)
      return true
    }
  }

  /// Writes the pages of the whole index that have a role, each on one core.
  private func writePages(of role: PageRole) async throws -> [[ChangeTally]] {
    let pages = selection.rootPages.filter { $0.role == role }
    nextRootPage.store(0, ordering: .relaxed)
    return try await onAllCores { work, core in
      let number = work.nextRootPage.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < pages.count else { return false }
      for part in 0..<work.selection.plan.partCount(of: pages[number]) {
        core.renderer.render(part: part, of: pages[number], work.selection.plan, work.catalog)
        try await work.write(&core)
      }
      return true
    }
  }

  /// Calls `step` on every core until it says that there is no more work.
  private func onAllCores(
    _ step: @escaping @Sendable (RenderWork, inout Core) async throws -> Bool
  ) async throws -> [[ChangeTally]] {
    try await withThrowingTaskGroup(of: [ChangeTally].self) { group in
      for _ in 0..<coreCount {
        group.addTask {
          let tallies = (self.holdings ?? []).map { ChangeTally($0) }
          var core = Core(renderer: Renderer(self.options), tallies: tallies)
          while try await step(self, &core) { try Task.checkCancellation() }
          for index in core.tallies.indices { core.tallies[index].endPage() }
          return core.tallies
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func write(_ core: inout Core) async throws {
    guard !core.renderer.batch.pages.isEmpty else { return }
    for index in core.tallies.indices { core.tallies[index].add(core.renderer.batch) }
    for session in sessions { try await session.write(core.renderer.batch) }
    var pages = 0
    for page in core.renderer.batch.pages where !page.continues { pages += 1 }
    let done = pageCount.wrappingAdd(pages, ordering: .relaxed).newValue
    byteCount.wrappingAdd(core.renderer.batch.content.count, ordering: .relaxed)
    observer.stageAdvanced(kind: "render", id: "render", done: done, total: 0)
    core.renderer.batch.removeAll()
  }
}
