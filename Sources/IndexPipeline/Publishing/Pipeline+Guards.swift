import IndexModel
import StrictJSON

extension Pipeline {
  /// Stops the run if a guard refuses.
  ///
  /// - Throws: `StageFailure` of kind `refused`.
  func check(_ guards: Guards, _ catalog: Catalog, _ holdings: [Inventory], _ drops: DropLedger)
    async throws
  {
    if let refusal = try await refusals(of: guards, catalog, holdings, drops).first {
      throw refusal
    }
  }

  /// What every sink holds.
  func takeInventories() async throws -> [Inventory] {
    var holdings: [Inventory] = []
    for step in sinks { holdings.append(try await step.sink.inventory()) }
    return holdings
  }

  /// How the index differs from the one that each sink holds.
  func differences(
    to catalog: Catalog,
    _ holdings: [Inventory]
  ) async throws -> [IndexDifference] {
    var differences: [IndexDifference] = []
    for (step, inventory) in zip(sinks, holdings) {
      let before = try await inventory.catalog(of: step.id)
      differences.append(IndexDifference(from: before, to: catalog))
    }
    return differences
  }

  /// What the guards refuse.
  func refusals(
    of guards: Guards,
    _ catalog: Catalog,
    _ holdings: [Inventory],
    _ drops: DropLedger
  ) async throws -> [StageFailure] {
    var refusals: [StageFailure] = []
    if catalog.projects.count < guards.minimumProjects {
      refusals.append(.tooFew(catalog.projects.count, least: guards.minimumProjects))
    }
    if !guards.allowsEmptyProjects {
      let lost = Self.emptied(drops, catalog)
      if let first = lost.first { refusals.append(.emptied(first, lost.count)) }
    }
    guard guards.maximumRemovedProjects != nil || guards.maximumRemovedFiles != nil else {
      return refusals
    }
    for (step, inventory) in zip(sinks, holdings) where inventory.count > 0 {
      let before = try await inventory.catalog(of: step.id)
      refusals += guards.losses(IndexDifference(from: before, to: catalog), at: step.id)
    }
    return refusals
  }

  /// The projects of which transforms left everything out.
  private static func emptied(_ drops: DropLedger, _ catalog: borrowing Catalog) -> [String] {
    let present = Set(
      catalog.projects.map { Array(catalog.text.span[$0.name]) }
    )
    var emptied: Set<[UInt8]> = []
    for index in 0..<drops.count {
      let project = drops.project(of: index)
      if !present.contains(project) { emptied.insert(project) }
    }
    return emptied.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }
}

extension Guards {
  /// What of a difference is more than may be lost.
  fileprivate func losses(_ difference: IndexDifference, at sink: String) -> [StageFailure] {
    var losses: [StageFailure] = []
    let projects = difference.removedProjects
    if let share = maximumRemovedProjects,
      projects.count > max(share.amount(of: difference.before.projects), allowedRemovals)
    {
      losses.append(.removed("project", projects, difference, share, sink))
    }
    let files = difference.removedFileCount
    if let share = maximumRemovedFiles,
      files > max(share.amount(of: difference.before.files), allowedRemovals)
    {
      let names = difference.projects.flatMap(\.removed)
      losses.append(.removed("file", names, difference, share, sink))
    }
    return losses
  }
}

extension StageFailure {
  fileprivate static func tooFew(_ count: Int, least: Int) -> StageFailure {
    StageFailure(
      .refused,
      code: "guard-min-projects",
      "refusing to publish: the index would have \(count) projects, and must have \(least) or more",
      help: "look at the sources: one of them may have given less than it should"
    )
  }

  fileprivate static func emptied(_ project: String, _ count: Int) -> StageFailure {
    let others = count > 1 ? " and \(count - 1) more projects" : ""
    return StageFailure(
      .refused,
      code: "guard-empty-projects",
      "refusing to publish: transforms left out all files of \(project)\(others)",
      help: "`larder why FILENAME` says which; if that is meant, set \"allow_empty_projects\""
    )
  }

  /// A refusal to lose `names`, which are projects or files.
  fileprivate static func removed(
    _ thing: String,
    _ names: [String],
    _ difference: IndexDifference,
    _ share: Share,
    _ sink: String
  ) -> StageFailure {
    let (before, after) =
      thing == "project"
      ? (difference.before.projects, difference.after.projects)
      : (difference.before.files, difference.after.files)
    let shown = names.prefix(5).joined(separator: ", ")
    let more = names.count > 5 ? ", ... \((names.count - 5).grouped) more" : ""
    let percent = Double(names.count) * 100 / Double(max(before, 1))
    return StageFailure(
      .refused,
      code: "guard-max-removed",
      "refusing to publish: \(names.count.grouped) of \(before.grouped) \(thing)s would disappear "
        + "from the index (\(percent.oneDigit) %, limit \(share))",
      notes: [
        "sink \"\(sink)\" has \(before.grouped) \(thing)s now; this run made \(after.grouped)",
        "removed: \(shown)\(more)",
      ],
      help: "look at `larder plan`; if the removal is meant, run once with "
        + "`--allow-removals \(names.count)`"
    )
  }
}

extension Double {
  /// The number with one digit behind the point.
  fileprivate var oneDigit: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
