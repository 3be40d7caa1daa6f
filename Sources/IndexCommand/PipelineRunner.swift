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

  func printMistakes(_ failure: PipelineFileFailure) {
    for mistake in failure.failures { Console.error(DiagnosticPrinter.text(of: mistake) + "\n") }
    let count = failure.failures.count
    Console.error(
      failure.isSyntax
        ? "error: \(failure.path) is not valid JSON; nothing else was checked"
        : "error: \(count) error\(count == 1 ? "" : "s") in \(failure.path); nothing was run"
    )
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

  func status(of kind: StageFailure.Kind) -> Int32 {
    switch (verb, kind) {
    case (.generate, .data), (.generate, .config): 2
    case (.generate, _): 1
    case (.run, .config): 78
    case (.run, .data): 65
    case (.run, .unavailable): 69
    case (.run, .publish): 74
    case (.run, .bug): 70
    }
  }
}
