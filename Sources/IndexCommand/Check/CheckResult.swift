import IndexPipeline

/// What `check` found in all files.
struct CheckResult {
  /// How far it looked.
  enum Level {
    case files, environment, online
  }

  /// What was found in one pipeline.
  struct Entry {
    let name: String
    let check: PipelineCheck
  }

  let level: Level
  /// The pipelines, in the order they were looked at.
  private(set) var entries: [Entry] = []
  /// Files that cannot be read, and stages that do not answer.
  private(set) var failures: [StageFailure] = []
  /// Files that show no pipeline.
  private(set) var skipped: [String] = []
  private var firstFailure: StageFailure.Kind?

  init(level: Level) { self.level = level }

  mutating func add(_ check: PipelineCheck, named name: String) {
    entries.append(Entry(name: name, check: check))
    if !check.errors.isEmpty { firstFailure = firstFailure ?? .config }
  }

  mutating func add(_ failure: StageFailure) {
    failures.append(failure)
    firstFailure = firstFailure ?? failure.kind
  }

  mutating func skip(_ path: String) { skipped.append(path) }

  /// All that was found.
  var diagnostics: [Diagnostic] {
    entries.flatMap(\.check.diagnostics) + failures.map(\.diagnostic)
  }

  /// The status: that of the first failure, or 1 for warnings where none are allowed.
  func exitStatus(denyWarnings: Bool) -> Int32 {
    if let firstFailure { return firstFailure.exitStatus }
    let isClean = diagnostics.isEmpty
    return denyWarnings && !isClean ? ExitStatus.no : 0
  }

  /// What was looked at, and what not.
  var scope: String {
    switch level {
    case .files:
      "checked: syntax, fields, references. "
        + "Not checked: environment (--env), sources and sinks (--online)"
    case .environment:
      "checked: syntax, fields, references, environment. "
        + "Not checked: sources and sinks (--online)"
    case .online: "checked: syntax, fields, references, environment, sources and sinks"
    }
  }
}
