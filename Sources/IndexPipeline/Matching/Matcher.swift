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
