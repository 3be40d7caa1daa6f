extension Pipeline {
  /// Opens all stages, does the work, and closes them, whatever comes of it.
  ///
  /// - Throws: What `work` throws; a cancellation as the `StageFailure` of an interruption.
  func withStages<Result>(
    _ mode: StageContext.Mode,
    _ observer: any RunObserver,
    _ work: () async throws -> Result
  ) async throws -> Result {
    let stages = self.stages
    for (kind, id, stage) in stages {
      stage.open(
        StageContext(kind, id: id, mode: mode, sources: sources.map(\.id), observer: observer)
      )
    }
    do {
      let result = try await work()
      for (_, _, stage) in stages { await stage.close(isSuccess: mode == .run) }
      return result
    } catch {
      for (_, _, stage) in stages { await stage.close(isSuccess: false) }
      // What failed because it was told to stop is no failure of its own.
      guard Task.isCancelled || error is CancellationError else { throw error }
      throw StageFailure(.cancelled, code: "interrupted", "the run was interrupted")
    }
  }

  private var stages: [(kind: StageKind, id: String, stage: any Stage)] {
    var stages: [(StageKind, String, any Stage)] = []
    for step in sources {
      stages.append((.source, step.id, step.source))
      stages += step.transforms.map { (.transform, $0.id, $0.transform) }
    }
    stages += transforms.map { (.transform, $0.id, $0.transform) }
    stages += sinks.map { (.sink, $0.id, $0.sink) }
    return stages
  }
}
