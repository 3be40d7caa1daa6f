import ArgumentParser
import IndexPipeline
import IndexStages

/// Runs a pipeline for a verb: tells the person what happens and ends with the verb's status.
struct PipelineRunner {
  /// The verb, which decides the exit statuses.
  enum Verb {
    case generate
    case run
  }

  /// Where the report goes, or `nil`.
  let reportPath: String?
  let verb: Verb

  /// Makes a pipeline and runs it.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func run(_ makePipeline: () throws -> Pipeline) async throws {
    try await explainingFailures(of: makePipeline) { pipeline, report, observer in
      try await pipeline.run(report: &report, observer: observer)
      observer.finish()
      RunSummary.print(report, hiding: pipeline.secrets)
      try writeReport(report, hiding: pipeline.secrets)
    }
  }

  /// Makes a pipeline and finds out what it would do.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func plan(_ makePipeline: () throws -> Pipeline) async throws -> Plan {
    try await explainingFailures(of: makePipeline) { pipeline, report, observer in
      let plan = try await pipeline.plan(report: &report, observer: observer)
      observer.finish()
      RunSummary.printSkips(report, hiding: pipeline.secrets)
      return plan
    }
  }

  /// Makes a pipeline and follows one file name through it.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func trace(
    _ filename: String,
    _ makePipeline: () throws -> Pipeline
  ) async throws -> TrailStory {
    try await explainingFailures(of: makePipeline) { pipeline, report, _ in
      report.trail = Trail(of: filename)
      _ = try await pipeline.catalog(into: &report, SilentObserver())
      return TrailStory(report, sources: pipeline.sources)
    }
  }

  private func explainingFailures<Result>(
    of makePipeline: () throws -> Pipeline,
    _ body: (Pipeline, inout Report, ConsoleObserver) async throws -> Result
  ) async throws -> Result {
    var report = Report()
    var secrets = Secrets()
    let observer = ConsoleObserver()
    do {
      let pipeline = try makePipeline()
      secrets = pipeline.secrets
      return try await body(pipeline, &report, observer)
    } catch let failure as PipelineFileFailure {
      Mistakes.show(failure)
      throw ExitCode(status(of: .config))
    } catch let failure as StageFailure {
      observer.finish()
      RunSummary.printSkips(report, hiding: secrets)
      Console.show(secrets.masking(failure).diagnostic)
      if !report.isPublished {
        Console.error("error: nothing was published; the index is as it was")
        try writeReport(report, hiding: secrets)
      }
      throw ExitCode(status(of: failure.kind))
    }
  }

  private func writeReport(_ report: Report, hiding secrets: Secrets) throws(StageFailure) {
    guard let reportPath else { return }
    try OutputText.write(secrets.masking(report.json()).span, to: reportPath)
  }

  private func status(of kind: StageFailure.Kind) -> Int32 {
    verb == .generate ? kind.statusOfGenerate : kind.exitStatus
  }
}
