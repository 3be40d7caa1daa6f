import ArgumentParser
import IndexPipeline

/// `larder run`: runs a pipeline file.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file.",
    discussion: "Relative paths in the file start at its folder."
  )

  @OptionGroup var options: PipelineOptions

  @OptionGroup var stages: StageOptions

  @Option(help: "Write a report of the run to this file, as JSON.")
  var report: String?

  func run() async throws {
    try await PipelineRunner(reportPath: report, verb: .run).run {
      let check = try options.check(.process)
      guard var pipeline = check.pipeline else { throw PipelineFileFailure(check) }
      for warning in check.warnings { Console.show(warning) }
      try stages.apply(to: &pipeline)
      return pipeline
    }
  }
}
