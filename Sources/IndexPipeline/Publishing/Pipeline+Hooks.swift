// What is done when all sinks have switched.
extension Pipeline {
  /// Runs the hooks, each of them whatever becomes of the others.
  ///
  /// - Throws: The first failure of one that may not fail; the index is published in any case.
  func runHooks(
    after changes: PublishedChanges,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    var failure: StageFailure?
    for step in hooks {
      let clock = StopWatch()
      var stage = Report.Stage(kind: "hook", id: step.id)
      observer.stageStarted(kind: stage.kind, id: stage.id)
      do {
        stage.input = try await locating(step.place) { try await step.hook.run(after: changes) }
        if stage.input == 0 { continue }
        stage.output = stage.input
        report.hooks.append(Report.HookOutcome(id: step.id, changes: stage.input))
        report.finish(stage, clock, observer)
      } catch let error as StageFailure {
        if error.kind == .cancelled { throw error }
        report.hooks.append(Report.HookOutcome(id: step.id, failure: error.message))
        if step.isOptional {
          report.warnings.append("\(error.message); the next run tells it of the changes again")
        } else {
          failure = failure ?? error
        }
      }
    }
    if let failure { throw failure }
  }
}
