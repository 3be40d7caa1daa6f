/// Tells a plan to a person.
public struct PlanText {
  let plan: Plan
  let isMarkdown: Bool
  /// The most lines of each sink.
  let limit: Int

  /// Makes the text of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - isMarkdown: Whether it is for a page that renders Markdown.
  ///   - isFull: Whether every project is listed.
  public init(_ plan: Plan, isMarkdown: Bool = false, isFull: Bool = false) {
    self.plan = plan
    self.isMarkdown = isMarkdown
    limit = isFull ? .max : 50
  }

  /// The lines.
  public var lines: [String] {
    var lines: [String] = []
    for (sink, difference) in zip(plan.sinks, plan.differences) {
      lines.append(isMarkdown ? "### sink `\(sink.id)`" : "sink \(sink.id)")
      if isMarkdown { lines += ["", "```diff"] }
      lines += projects(difference, sink.changes)
      if isMarkdown { lines += ["```", ""] }
    }
    return lines + ["", summary]
  }

  private func projects(_ difference: IndexDifference, _ changes: Changes) -> [String] {
    var lines = difference.projects.prefix(limit).map(line)
    if difference.projects.count > limit {
      lines.append("    \((difference.projects.count - limit).grouped) more projects (--full)")
    }
    let same = difference.after.projects - difference.projects.filter(\.isThere).count
    lines.append("    \(same.of("project")) with the same files")
    lines.append(
      "    pages: \(changes.added.count.grouped) new, \(changes.changed.count.grouped) changed, "
        + "\(changes.removed.count.grouped) removed, \(changes.unchanged.grouped) unchanged"
    )
    if let files = changes.files {
      lines.append(
        "    files: \(files.added.count.grouped) new, \(files.removed.count.grouped) removed, "
          + "\(files.unchanged.grouped) unchanged, \(files.linked.grouped) only linked"
      )
    }
    return lines
  }

  private func line(of project: IndexDifference.Project) -> String {
    let name = project.name + String(repeating: " ", count: max(1, 24 - project.name.utf8.count))
    if !project.wasThere { return "  + \(name)new project, \(project.added.count.of("file"))" }
    if !project.isThere { return "  - \(name)its \(project.removed.count.of("file")) went" }
    if project.added.count == 1 && project.removed.isEmpty {
      return "  ~ \(name)+ \(project.added[0])"
    }
    if project.removed.count == 1 && project.added.isEmpty {
      return "  ~ \(name)- \(project.removed[0])"
    }
    var parts: [String] = []
    if !project.added.isEmpty { parts.append("+ \(project.added.count.of("file"))") }
    if !project.removed.isEmpty { parts.append("- \(project.removed.count.of("file"))") }
    return "  ~ \(name)\(parts.joined(separator: ", "))"
  }

  private var summary: String {
    let sinks = plan.sinks.map { sink in
      let changes = sink.changes
      return changes.isEmpty
        ? "\(sink.id) nothing"
        : "\(sink.id) \(changes.added.count.grouped) to add, \(changes.changed.count.grouped) to "
          + "change, \(changes.removed.count.grouped) to delete"
    }
    let guards =
      plan.refusals.isEmpty
      ? "Guards pass." : "Guards refuse: \(plan.refusals.map(\.message).joined(separator: "; "))."
    return "Plan: \(sinks.joined(separator: "; ")). \(guards)\nNothing was written."
  }
}
