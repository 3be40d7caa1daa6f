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
    do {
      try await makePipeline().run(report: &report, observer: observer)
      observer.finish()
      RunSummary.print(report)
      try writeReport(report)
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
