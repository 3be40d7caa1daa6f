import ArgumentParser
import IndexModel
import IndexPipeline

/// Runs a pipeline for a verb: tells the person what happens and ends with the verb's status.
struct PipelineRunner {
  /// The verb, which decides the exit statuses.
  enum Verb {
    case generate
    case run
  }

  var verb = Verb.run
  var log: any RunLog = LogOptions.standard
  /// The files about the run that were asked for.
  var reports: ReportOptions?

  /// Makes a pipeline and runs it.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func run(_ makePipeline: () throws -> Pipeline) async throws {
    try await explainingFailures(of: makePipeline) { pipeline, report in
      try await pipeline.run(report: &report, observer: log)
      log.tell(report, hiding: pipeline.secrets, exitStatus: 0)
      try reports?.write(report, of: pipeline.name, hiding: pipeline.secrets, exitStatus: 0)
    }
  }

  /// Makes a pipeline, and its sinks what they were before.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func rollBack(_ makePipeline: () throws -> Pipeline) async throws {
    try await explainingFailures(of: makePipeline) { pipeline, _ in
      for sink in try await pipeline.rollBack() {
        try Console.output("sink \"\(sink)\" has the index again that was there before")
      }
    }
  }

  /// Makes a pipeline and finds out what it would do.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func plan(_ makePipeline: () throws -> Pipeline) async throws -> Plan {
    try await explainingFailures(of: makePipeline) { pipeline, report in
      let plan = try await pipeline.plan(report: &report, observer: log)
      log.warn(of: report, hiding: pipeline.secrets)
      return plan
    }
  }

  /// Makes a pipeline and reads what is in its index.
  ///
  /// - Parameters:
  ///   - trail: The way of a file name that somebody asks about.
  ///   - makePipeline: Makes the pipeline.
  ///   - body: Is given the pipeline, its records and the account of the run.
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func look<Result>(
    following trail: Trail? = nil,
    _ makePipeline: () throws -> Pipeline,
    _ body: (Pipeline, Catalog, Report) throws -> Result
  ) async throws -> Result {
    try await explainingFailures(of: makePipeline) { pipeline, report in
      report.trail = trail
      let catalog = try await pipeline.catalog(into: &report, SilentObserver())
      return try body(pipeline, catalog, report)
    }
  }

  private func explainingFailures<Result>(
    of makePipeline: () throws -> Pipeline,
    _ body: (Pipeline, inout Report) async throws -> Result
  ) async throws -> Result {
    var report = Report()
    var (name, secrets, sinkCount) = ("", Secrets(), 1)
    do {
      let pipeline = try makePipeline()
      (name, secrets, sinkCount) = (pipeline.name, pipeline.secrets, pipeline.sinks.count)
      return try await log.whileBeating { try await body(pipeline, &report) }
    } catch let failure as PipelineFileFailure {
      for diagnostic in failure.check.diagnostics { log.show(diagnostic) }
      log.end(failure.check.verdict)
      throw ExitCode(status(of: .config))
    } catch let failure as StageFailure {
      let status = status(of: failure.kind)
      log.tell(report, hiding: secrets, exitStatus: status)
      log.show(secrets.masking(failure).diagnostic)
      if !report.isPublished, !failure.isPartial, failure.kind != .hook {
        log.end("error: nothing was published; \(Self.state(of: sinkCount))")
      }
      if !report.isPublished || failure.kind == .hook {
        try reports?.write(report, of: name, hiding: secrets, exitStatus: status)
      }
      throw ExitCode(status)
    }
  }

  private static func state(of sinkCount: Int) -> String {
    sinkCount == 1 ? "the sink is as it was" : "the \(sinkCount) sinks are as they were"
  }

  private func status(of kind: StageFailure.Kind) -> Int32 {
    verb == .generate ? kind.statusOfGenerate : kind.exitStatus
  }
}
