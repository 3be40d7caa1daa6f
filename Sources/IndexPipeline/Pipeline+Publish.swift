import IndexModel
import IndexRendering
import StrictJSON
import Synchronization

extension Pipeline {
  /// Renders the selected pages and hands them to all sinks; then each sink switches.
  func publish(
    _ selection: Selection,
    of catalog: Catalog,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    let clock = StopWatch()
    var sessions: [any SinkSession] = []
    do {
      for step in sinks {
        sessions.append(try await step.sink.begin(selection.publication))
      }
      let work = RenderWork(selection, catalog, render, sessions, observer)
      try await work.writeProjectPages()
      try await work.writePages(of: .root)
      try await work.writePages(of: .state)
      var stage = Report.Stage(kind: "render", id: "render")
      stage.input = catalog.projects.count
      (stage.output, stage.bytes) = work.counts
      report.finish(stage, clock, observer)
    } catch {
      for session in sessions { await session.abandon() }
      throw error
    }
    try await commit(sessions, into: &report, observer)
  }

  private func commit(
    _ sessions: [any SinkSession],
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    let pages = report.stages.last?.output ?? 0
    for (index, (step, session)) in zip(sinks, sessions).enumerated() {
      let clock = StopWatch()
      var stage = Report.Stage(kind: "sink", id: step.id)
      do {
        report.warnings += try await session.commit()
      } catch {
        for waiting in sessions[index...] { await waiting.abandon() }
        throw error
      }
      report.isPublished = true
      stage.input = pages
      stage.output = pages
      report.finish(stage, clock, observer)
    }
  }
}

/// Shares rendering and writing out to all cores.
///
/// Each core takes the next piece of work, renders it into its own batch and hands the batch to
/// the sinks: what was rendered is written while it is still in the core's cache.
private final class RenderWork: Sendable {
  private let selection: Selection
  private let catalog: Catalog
  private let options: RenderOptions
  private let sessions: [any SinkSession]
  private let observer: any RunObserver
  private let nextShard = Atomic(0)
  private let nextRootPage = Atomic(0)
  private let pageCount = Atomic(0)
  private let byteCount = Atomic(0)

  init(
    _ selection: Selection,
    _ catalog: Catalog,
    _ options: RenderOptions,
    _ sessions: [any SinkSession],
    _ observer: any RunObserver
  ) {
    self.selection = selection
    self.catalog = catalog
    self.options = options
    self.sessions = sessions
    self.observer = observer
  }

  /// The pages written, and their bytes.
  var counts: (pages: Int, bytes: Int) {
    (pageCount.load(ordering: .relaxed), byteCount.load(ordering: .relaxed))
  }

  func writeProjectPages() async throws {
    try await onAllCores { work, renderer in
      let number = work.nextShard.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < work.selection.shards.count else { return false }
      for project in work.selection.shards[number] {
        renderer.render(project: project, of: work.catalog)
        if renderer.batch.content.count > 1 << 20 { try await work.write(&renderer.batch) }
      }
      try await work.write(&renderer.batch)
      return true
    }
  }

  /// Writes the pages of the whole index that have a role, each on one core.
  func writePages(of role: PageRole) async throws {
    let pages = selection.rootPages.filter { $0.role == role }
    nextRootPage.store(0, ordering: .relaxed)
    try await onAllCores { work, renderer in
      let number = work.nextRootPage.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < pages.count else { return false }
      for part in 0..<work.selection.plan.partCount(of: pages[number]) {
        renderer.render(part: part, of: pages[number], work.selection.plan, work.catalog)
        try await work.write(&renderer.batch)
      }
      return true
    }
  }

  /// Calls `step` on every core until it says that there is no more work.
  private func onAllCores(
    _ step: @escaping @Sendable (RenderWork, inout Renderer) async throws -> Bool
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<coreCount {
        group.addTask {
          var renderer = Renderer(self.options)
          while try await step(self, &renderer) { try Task.checkCancellation() }
        }
      }
      try await group.waitForAll()
    }
  }

  private func write(_ batch: inout PageBatch) async throws {
    guard !batch.pages.isEmpty else { return }
    for session in sessions { try await session.write(batch) }
    var pages = 0
    for page in batch.pages where !page.continues { pages += 1 }
    let done = pageCount.wrappingAdd(pages, ordering: .relaxed).newValue
    byteCount.wrappingAdd(batch.content.count, ordering: .relaxed)
    observer.stageAdvanced(kind: "render", id: "render", done: done, total: 0)
    batch.removeAll()
  }
}
