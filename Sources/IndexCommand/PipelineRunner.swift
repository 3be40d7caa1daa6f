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
  let command: Verb

  /// - Throws: `ExitCode` with the verb's status of a failure.
  func run(_ pipeline: Pipeline) async throws {
    var report = Report()
    let observer = ConsoleObserver()
    do {
      try await pipeline.run(report: &report, observer: observer)
      observer.finish()
      RunSummary.print(report, in: pipeline)
      try writeReport(report)
    } catch let failure as StageFailure {
      observer.finish()
      RunSummary.printSkips(report)
      Console.error(DiagnosticPrinter.text(of: failure))
      Console.error("\nerror: nothing was published; the index is as it was")
      try? writeReport(report)
      throw ExitCode(status(of: failure))
    }
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

  private func status(of failure: StageFailure) -> Int32 {
    switch (command, failure.kind) {
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
