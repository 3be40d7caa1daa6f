import ArgumentParser
import IndexPipeline
import IndexTransport

/// `larder why`: tells the way of a file through a pipeline.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell why a file is in the index, or why it is not.",
    discussion: """
      Reads the sources and runs the transforms of a pipeline; no sink is touched. The status is \
      0 if a source has the file, in the index or not, and 1 if none has.
      """
  )

  @Argument(help: "The file name of a distribution.")
  var filename: String

  @Option(name: .shortAndLong, help: "The pipeline file.")
  var config = "pipeline.json"

  func run() async throws {
    let runner = PipelineRunner(reportPath: nil, verb: .run)
    var report = Report()
    report.trail = Trail(of: filename)
    do {
      var pipeline = try PipelineFile.open(config)
      pipeline.stopsAtConflicts = false
      _ = try await pipeline.catalog(into: &report, SilentObserver())
      let story = TrailStory(report, sources: pipeline.sources)
      try OutputFile.standardOutput.write(story.text.utf8Span.span)
      if !story.isFound { throw ExitCode(1) }
    } catch let failure as PipelineFileFailure {
      runner.printMistakes(failure)
      throw ExitCode(runner.status(of: .config))
    } catch let failure as StageFailure {
      Console.error(DiagnosticPrinter.text(of: failure))
      throw ExitCode(runner.status(of: failure.kind))
    }
  }
}
