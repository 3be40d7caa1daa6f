import IndexModel
import IndexRendering
import StrictJSON

/// Which pages of a catalog a run writes.
struct Selection {
  /// The projects to render, as ranges of `catalog.projects`.
  var shards: [Range<Int>]
  /// The pages of the whole index to render.
  var rootPages: [RootPage]
  /// What becomes of the other pages.
  var publication: Publication
  /// How the work is cut.
  let plan: RenderPlan

  /// Whether nothing is to be done: not if the whole index is published, even an empty one.
  var isEmpty: Bool { shards.isEmpty && rootPages.isEmpty }
}

extension Pipeline {
  /// Finds out what there is to do.
  ///
  /// - Throws: `StageFailure` if what a sink says of itself cannot be read.
  func planWork(
    for catalog: Catalog,
    of input: PageDigest?,
    over holdings: [Inventory]?,
    _ report: Report
  ) async throws -> PlannedWork {
    let selection = try await select(from: catalog)
    guard let holdings, previous == nil else { return PlannedWork(selection, holdings) }
    let fingerprints = await Fingerprints(catalog)
    let head = ManifestHead(
      settings: render.fingerprint,
      // Files that are given twice are told of in each run.
      input: report.duplicates.isEmpty ? input : nil,
      counts: report.sourceCounts
    )
    return try PlannedWork(
      selection,
      of: catalog,
      fingerprints,
      head,
      over: holdings,
      at: sinks,
      isRebuild: rebuilds
    )
  }

  /// What would change at each sink, found by rendering what would be written.
  func changes(
    of work: PlannedWork,
    to catalog: Catalog,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> [Report.SinkChanges] {
    if work.isDone { return work.noChanges(at: sinks) }
    let receivers = (work.holdings ?? []).map { inventory in
      SinkFeed.Receiver(session: nil, inventory: inventory, sendsChangesOnly: false)
    }
    let outcome = try await RenderWork(work.selection, catalog, render, receivers, observer)
      .write(into: &report)
    return zip(sinks, outcome.changes(at: receivers)).enumerated().map { number, sink in
      var changes = sink.1 ?? Changes()
      changes.files = work.files[number]?.changes
      return Report.SinkChanges(id: sink.0.id, changes: changes)
    }
  }

  /// Selects what to write: everything, or what changed since the list of the run before.
  func select(from catalog: Catalog) async throws -> Selection {
    let plan = RenderPlan(catalog, render)
    guard let previous else {
      return Selection(
        shards: plan.shards,
        rootPages: plan.rootPages,
        publication: Publication(),
        plan: plan
      )
    }
    var output = SourceOutput()
    try await previous.read(into: &output)
    let before = await Catalog.build(from: try await output.takeRecords()).catalog
    let changes = await CatalogChanges(from: before, to: catalog)
    var rootPages = changes.isEmpty ? [] : plan.rootPages
    if changes.namesAreEqual { rootPages.removeAll(where: \.tellsOfNamesAlone) }
    return Selection(
      shards: changes.changed.map { $0..<$0 + 1 },
      rootPages: rootPages,
      publication: Publication(unwritten: .kept(except: changes.changedOrGone)),
      plan: plan
    )
  }
}
