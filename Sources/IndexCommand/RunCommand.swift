import ArgumentParser
import IndexPipeline

/// `larder run`: runs a pipeline file.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file.",
    discussion: "Relative paths in the file start at its folder."
  )

  @Argument(help: "The pipeline file.")
  var file = "pipeline.json"

  @Option(help: "Write a report of the run to this file, as JSON.")
  var report: String?

  func run() async throws {
    try await PipelineRunner(reportPath: report, verb: .run).run { try PipelineFile.open(file) }
  }
}
