import ArgumentParser
import IndexPipeline

/// `larder run`: runs a pipeline file.
struct RunCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file.",
    discussion: "Relative paths in the file start at its folder."
  )

  @OptionGroup var options: PipelineOptions

  @OptionGroup var stages: StageOptions

  @Option(help: "Let so many projects or files go, whatever the guards say.")
  var allowRemovals = 0

  @Option(help: "Write a report of the run to this file, as JSON.")
  var report: String?

  func run(_ registry: Registry) async throws {
    try await PipelineRunner(reportPath: report, verb: .run).run {
      var pipeline = try options.pipeline(registry)
      try stages.apply(to: &pipeline)
      pipeline.guards.allowedRemovals = allowRemovals
      return pipeline
    }
  }
}
