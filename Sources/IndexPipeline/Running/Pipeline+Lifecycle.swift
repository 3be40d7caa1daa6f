extension Pipeline {
  /// Opens all stages, does the work, and closes them, whatever comes of it.
  ///
  /// - Throws: What `work` throws; a cancellation as the `StageFailure` of an interruption.
  func withStages<Result>(
    _ mode: StageContext.Mode,
    _ observer: any RunObserver,
    _ work: () async throws -> Result
  ) async throws -> Result {
    for (kind, id, stage, retry) in stages {
      stage.open(context(kind, id, mode, observer, retry))
    }
    for step in sources { step.source.open(context(of: step, mode, observer)) }
    do {
      let result = try await work()
      await close(isSuccess: mode == .run)
      return result
    } catch {
      await close(isSuccess: false)
      // What failed because it was told to stop is no failure of its own.
      guard Task.isCancelled || error is CancellationError else { throw error }
      throw StageFailure(.cancelled, code: "interrupted", "the run was interrupted")
    }
  }

  private func close(isSuccess: Bool) async {
    for step in sources { await step.source.close(isSuccess: isSuccess) }
    for (_, _, stage, _) in stages { await stage.close(isSuccess: isSuccess) }
  }

  /// What a source may know of the run.
  func context(
    of step: SourceStep,
    _ mode: StageContext.Mode,
    _ observer: any RunObserver
  ) -> StageContext {
    var context = context(.source, step.id, mode, observer, step.retry)
    let publishing = sinks.count { $0.sink.publishesFiles }
    if publishing > 0 { context.publishedFiles = publishing == sinks.count ? .all : .some }
    return context
  }

  func context(
    _ kind: StageKind,
    _ id: String,
    _ mode: StageContext.Mode,
    _ observer: any RunObserver,
    _ retry: RetryPolicy = RetryPolicy()
  ) -> StageContext {
    let names = sources.map(\.id)
    return StageContext(kind, id: id, mode: mode, sources: names, retry: retry, observer: observer)
  }

  /// The stages that are no sources.
  private var stages: [(kind: StageKind, id: String, stage: any Stage, retry: RetryPolicy)] {
    var stages: [(StageKind, String, any Stage, RetryPolicy)] = []
    let transforms = sources.flatMap(\.transforms) + transforms
    stages += transforms.map { (.transform, $0.id, $0.transform, RetryPolicy()) }
    stages += sinks.map { (.sink, $0.id, $0.sink, $0.retry) }
    stages += hooks.map { (.hook, $0.id, $0.hook, RetryPolicy()) }
    return stages
  }
}
