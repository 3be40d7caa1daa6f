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
    let observer = ConsoleObserver()
    try await explainingFailures(&report, observer) { report in
      try await makePipeline().run(report: &report, observer: observer)
      observer.finish()
      RunSummary.print(report)
      try writeReport(report)
    }
  }

  /// Makes a pipeline and finds out what it would do.
  ///
  /// - Throws: `ExitCode` with the verb's status of a failure.
  func plan(_ makePipeline: () throws -> Pipeline) async throws -> Plan {
    var report = Report()
    let observer = ConsoleObserver()
    return try await explainingFailures(&report, observer) { report in
      let plan = try await makePipeline().plan(report: &report, observer: observer)
      observer.finish()
      RunSummary.printSkips(report)
      return plan
    }
  }

  private func explainingFailures<Result>(
    _ report: inout Report,
    _ observer: ConsoleObserver,
    _ body: (inout Report) async throws -> Result
  ) async throws -> Result {
    do {
      return try await body(&report)
    } catch let failure as PipelineFileFailure {
      printMistakes(failure)
      throw ExitCode(status(of: .config))
    } catch let failure as StageFailure {
      observer.finish()
      RunSummary.printSkips(report)
      Console.error(DiagnosticPrinter.text(of: failure))
      if !report.isPublished {
        Console.error("\nerror: nothing was published; the index is as it was")
        try writeReport(report)
      }
      throw ExitCode(status(of: failure.kind))
    }
  }

  private func printMistakes(_ failure: PipelineFileFailure) {
    for mistake in failure.check.diagnostics {
      Console.error(DiagnosticPrinter.text(of: mistake) + "\n")
    }
    Console.error(failure.check.verdict)
  }

  private func writeReport(_ report: Report) throws(StageFailure) {
    guard let reportPath else { return }
    do throws(IOFailure) {
      try Directory.replaceFile(reportPath, with: report.json().span)
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
