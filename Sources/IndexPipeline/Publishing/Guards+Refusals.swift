/// What guards say when they refuse.
extension Guards {
  /// What of a difference is more than may be lost.
  func losses(
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

  func unknownHoldings(of sink: String) -> StageFailure {
    refusal(
      "guard-unknown-holdings",
      "refusing to publish: sink \"\(sink)\" cannot say what it holds, so that nobody can tell "
        + "what would disappear",
      field: maximumRemovedProjects == nil ? "max_removed_files" : "max_removed_projects",
      help: "publish once from a pipeline without guards against removals"
    )
  }

  func tooFew(_ count: Int) -> StageFailure {
    refusal(
      "guard-min-projects",
      "refusing to publish: the index would have \(count.of("project")), and must have "
        + "\(minimumProjects.grouped) or more",
      field: "min_projects",
      help: "look at the sources: one of them may have given less than it should"
    )
  }

  func emptied(_ projects: [String]) -> StageFailure? {
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
