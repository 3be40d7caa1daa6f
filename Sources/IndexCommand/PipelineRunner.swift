import ArgumentParser
import IndexPipeline
import IndexStages
import IndexTransport

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
    var report = Report()
    var secrets = Secrets()
    let observer = ConsoleObserver()
    do {
      let pipeline = try makePipeline()
      secrets = pipeline.secrets
      try await pipeline.run(report: &report, observer: observer)
      observer.finish()
      RunSummary.print(report, hiding: secrets)
      try writeReport(report, hiding: secrets)
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
    let json = secrets.masking(report.json())
    do throws(IOFailure) {
      try Directory.replaceFile(reportPath, with: json.span)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot write the report \(reportPath): \(error.code)"
      )
    }
  }

  private func status(of kind: StageFailure.Kind) -> Int32 {
    verb == .generate ? kind.statusOfGenerate : kind.exitStatus
  }
}
