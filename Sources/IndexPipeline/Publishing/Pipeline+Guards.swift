import IndexModel
import StrictJSON

extension Pipeline {
  /// Stops the run if a guard refuses.
  ///
  /// - Throws: `StageFailure` of kind `refused`.
  func check(_ guards: Guards, _ catalog: Catalog, _ holdings: [Inventory], _ report: Report)
    async throws
  {
    if let refusal = try await refusals(of: guards, catalog, holdings, report).first {
      throw refusal
    }
  }

  /// What every sink holds.
  func takeInventories() async throws -> [Inventory] {
    var holdings: [Inventory] = []
    for step in sinks {
      do {
        holdings.append(try await step.sink.inventory())
      } catch let failure as StageFailure where rebuilds && failure.saysUnreadableState {
        holdings.append(.unknown)
      }
    }
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
    _ report: Report
  ) async throws -> [StageFailure] {
    var refusals: [StageFailure] = []
    if catalog.projects.count < guards.minimumProjects {
      refusals.append(guards.tooFew(catalog.projects.count))
    }
    if !guards.allowsEmptyProjects {
      if let refusal = guards.emptied(Self.emptied(report.drops, catalog)) {
        refusals.append(refusal)
      }
    }
    guard guards.maximumRemovedProjects != nil || guards.maximumRemovedFiles != nil else {
      return refusals
    }
    for (step, inventory) in zip(sinks, holdings) {
      guard inventory.tellsRecords else {
        refusals.append(guards.unknownHoldings(of: step.id))
        continue
      }
      let before = try await inventory.catalog(of: step.id)
      let difference = IndexDifference(from: before, to: catalog)
      let loss = largestLoss(since: inventory.manifest?.head.counts ?? [:], report.sourceCounts)
      refusals += guards.losses(difference, at: step.id, loss.map { [$0] } ?? [])
    }
    return refusals
  }

  /// Which source gives fewest records of what it gave before; nil if none gives fewer.
  private func largestLoss(since before: [String: Int], _ now: [String: Int]) -> String? {
    let losses = sources.compactMap { step -> (lost: Int, text: String)? in
      guard let old = before[step.id], let new = now[step.id], new < old else { return nil }
      let type = Swift.type(of: step.source)
      let text =
        "the largest loss is from source \"\(step.id)\" (\(type.info.type)): \(new.grouped) "
        + "\(type.countedThings), \(old.grouped) on the last published run"
      return (old - new, text)
    }
    return losses.max { $0.lost < $1.lost }?.text
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
  fileprivate func losses(
    _ difference: IndexDifference,
    at sink: String,
    _ facts: [String]
  ) -> [StageFailure] {
    var losses: [StageFailure] = []
    let projects = difference.removedProjects
    if let share = maximumRemovedProjects,
      projects.count > max(share.amount(of: difference.before.projects), allowedRemovals)
    {
      let (before, after) = (difference.before.projects, difference.after.projects)
      losses.append(
        refusal("project", "max_removed_projects", share, projects, (before, after), sink, facts)
      )
    }
    let files = difference.removedFileCount
    if let share = maximumRemovedFiles,
      files > max(share.amount(of: difference.before.files), allowedRemovals)
    {
      let names = difference.projects.flatMap(\.removed)
      let (before, after) = (difference.before.files, difference.after.files)
      losses.append(
        refusal("file", "max_removed_files", share, names, (before, after), sink, facts)
      )
    }
    return losses
  }

  /// The refusal to lose so many things, which are projects or files.
  private func refusal(
    _ thing: String,
    _ field: String,
    _ share: Share,
    _ names: [String],
    _ counts: (before: Int, after: Int),
    _ sink: String,
    _ facts: [String]
  ) -> StageFailure {
    let shown = names.prefix(5).joined(separator: ", ")
    let more = names.count > 5 ? ", ... \((names.count - 5).grouped) more" : ""
    let percent = Double(names.count) * 100 / Double(max(counts.before, 1))
    return refusal(
      "guard-max-removed",
      "refusing to publish: \(names.count.grouped) of \(counts.before.grouped) \(thing)s would "
        + "disappear from the index (\(percent.oneDigit) %, limit \(share))",
      field: field,
      [
        "sink \"\(sink)\" has \(counts.before.grouped) \(thing)s now; this run made "
          + "\(counts.after.grouped)"
      ] + facts + [
        "removed: \(shown)\(more)"
      ],
      help: "look at `larder plan`; if the removal is meant, run once with "
        + "`--allow-removals \(names.count)`"
    )
  }

  fileprivate func unknownHoldings(of sink: String) -> StageFailure {
    refusal(
      "guard-unknown-holdings",
      "refusing to publish: sink \"\(sink)\" cannot say what it holds, so that nobody can tell "
        + "what would disappear",
      field: maximumRemovedProjects == nil ? "max_removed_files" : "max_removed_projects",
      help: "publish once from a pipeline without guards against removals"
    )
  }

  fileprivate func tooFew(_ count: Int) -> StageFailure {
    refusal(
      "guard-min-projects",
      "refusing to publish: the index would have \(count.of("project")), and must have "
        + "\(minimumProjects.grouped) or more",
      field: "min_projects",
      help: "look at the sources: one of them may have given less than it should"
    )
  }

  fileprivate func emptied(_ projects: [String]) -> StageFailure? {
    guard let first = projects.first else { return nil }
    let others = projects.count > 1 ? " and \((projects.count - 1).of("more project"))" : ""
    return refusal(
      "guard-empty-projects",
      "refusing to publish: transforms left out all files of \(first)\(others)",
      field: "allow_empty_projects",
      help: "`larder why FILENAME` says which; if that is meant, set \"allow_empty_projects\""
    )
  }

  private func refusal(
    _ code: String,
    _ message: String,
    field: String,
    _ facts: [String] = [],
    help: String
  ) -> StageFailure {
    var remarks = facts.map { Remark("", $0) } + [.help(help)]
    if let place = places[field] { remarks.append(Remark("at", "\(place)")) }
    return StageFailure(.refused, Diagnostic(code: code, message, remarks: remarks))
  }
}

extension Double {
  /// The number with one digit behind the point.
  fileprivate var oneDigit: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension StageFailure {
  /// Whether a sink cannot say what it holds because what it wrote about that is damaged.
  fileprivate var saysUnreadableState: Bool { code.utf8.elementsEqual("unreadable-state".utf8) }
}
