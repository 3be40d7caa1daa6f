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

  @Flag(help: "Publish every page anew, whatever the sinks say that they hold.")
  var rebuild = false

  @OptionGroup var reports: ReportOptions

  @OptionGroup var log: LogOptions

  func run(_ registry: Registry) async throws {
    try await PipelineRunner(log: log.makeLog(), reports: reports).run {
      var pipeline = try options.pipeline(registry)
      try stages.apply(to: &pipeline)
      pipeline.guards.allowedRemovals = allowRemovals
      pipeline.rebuilds = rebuild
      return pipeline
    }
  }
}
