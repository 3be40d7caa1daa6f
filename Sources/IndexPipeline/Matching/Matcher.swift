import IndexModel
import Synchronization

/// Conditions that a record meets or not: `where`, `filter`, and the exceptions of a merge.
///
/// What a matcher reads from outside, such as lists of names, it reads when a run starts: the
/// framework prepares every matcher of a pipeline file. A task then asks with a ``Matching`` of
/// its own:
///
///     var matching = try matcher.start()
///     for index in records.indices where matching.matches(records[index]) { ... }
public struct Matcher: Sendable {
  /// What a run made ready; shared by all copies of the matcher.
  private final class State: Sendable {
    let prepared = Mutex<PreparedMatcher?>(nil)
  }

  let tree: ConditionTree
  let place: ConditionPlace
  private let state = State()

  init(_ tree: ConditionTree, at place: ConditionPlace) {
    self.tree = tree
    self.place = place
  }

  /// Begins to ask about records.
  ///
  /// - Throws: `StageFailure` if the matcher reads from outside and was not prepared for a run.
  public func start() throws(StageFailure) -> Matching {
    if let prepared = state.prepared.withLock({ $0 }) { return Matching(prepared, at: place) }
    try prepare(for: RunSetting(), sources: [])
    guard let prepared = state.prepared.withLock({ $0 }) else {
      throw StageFailure(.bug, code: "unprepared-matcher", "a matcher was not prepared")
    }
    return Matching(prepared, at: place)
  }

  /// Reads what the conditions need, and forgets what was met before.
  ///
  /// - Parameters:
  ///   - setting: What the run takes from outside.
  ///   - sources: The ids of the sources, in the order of their numbers.
  /// - Throws: `StageFailure` if a file cannot be read or holds what is no pattern.
  public func prepare(
    for setting: RunSetting,
    sources: [String]
  ) throws(StageFailure) {
    let prepared = try PreparedMatcher(tree) { condition throws(StageFailure) in
      try PreparedTest(condition, setting, sources: sources)
    }
    state.prepared.withLock { $0 = prepared }
  }

  /// The conditions that no record met since the matcher was prepared.
  public var silentConditions: [SilentCondition] {
    let silent = state.prepared.withLock { $0 }?.silent ?? []
    return silent.map { SilentCondition($0.condition, $0.values) }
  }

  /// The paths of the files that the conditions name.
  public var files: [String] { tree.conditions.flatMap(\.files) }
}

/// Values of a condition that no record of a run met: they are mistyped, or of no use any more.
public struct SilentCondition: Sendable {
  /// What happened, in one line with its place.
  public let message: String
  /// The pipeline file.
  public let path: String
  /// The line in it, from 1.
  public let line: Int
  /// The JSON Pointer of the condition.
  public let pointer: String

  init(_ condition: Condition, _ values: [String]) {
    path = condition.place.path
    line = condition.place.line
    pointer = condition.place.pointer
    let shown = values.prefix(3).joined(separator: ", ")
    let more = values.count > 3 ? " and \(values.count - 3) more" : ""
    message =
      "\(condition.place.owner): \(shown)\(more) matched nothing in this run "
      + "(\(condition.place.description))"
  }
}

extension ConditionTree {
  /// All conditions, in the order of the file.
  var conditions: [Condition] {
    switch self {
    case .all(let children), .any(let children): children.flatMap(\.conditions)
    case .not(let child, _, _): child.conditions
    case .leaf(let condition): [condition]
    }
  }
}

extension Condition {
  /// The paths of the files that it names.
  var files: [String] {
    guard case .text(_, let choices) = question else { return [] }
    return choices.compactMap { if case .file(let path) = $0 { path } else { nil } }
  }

  /// The patterns for ids of sources.
  var sources: [Glob] { if case .source(let globs) = question { globs } else { [] } }
}
