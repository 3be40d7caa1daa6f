/// Follows a run for a person who waits for it.
///
/// The calls may come from any task.
public protocol RunObserver: Sendable {
  /// A stage begins.
  func stageStarted(kind: String, id: String)

  /// A stage took some of its work; `total` is 0 if nobody knows how much there is.
  func stageAdvanced(kind: String, id: String, done: Int, total: Int)

  /// A stage is done.
  func stageFinished(_ stage: Report.Stage)

  /// A stage has something to say to people.
  func stageSaid(kind: String, id: String, line: String)
}

extension RunObserver {
  /// Listens to nobody.
  public func stageSaid(kind: String, id: String, line: String) {}
}

/// Follows a run for nobody.
public struct SilentObserver: RunObserver {
  /// Creates the observer.
  public init() {}

  /// Does nothing.
  public func stageStarted(kind: String, id: String) {}

  /// Does nothing.
  public func stageAdvanced(kind: String, id: String, done: Int, total: Int) {}

  /// Does nothing.
  public func stageFinished(_ stage: Report.Stage) {}
}
