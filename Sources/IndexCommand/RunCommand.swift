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

  @OptionGroup var confinement: ConfinementOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    if confinement.confine, options.path.utf8.elementsEqual("-".utf8) {
      throw ValidationError("--confine reads the pipeline file twice: it cannot be stdin")
    }
  }

  /// Confines the process, if that is wanted, while it has one thread.
  ///
  /// What is wrong in the pipeline file is said when it is read to be run.
  ///
  /// - Throws: `StageFailure` if the file cannot be read, or the run not be confined as it was told.
  func confineProcess(_ registry: Registry) throws(StageFailure) {
    guard confinement.confine else { return }
    let check = try options.check(.process, registry)
    if let pipeline = check.pipeline { try confinement.begin(for: pipeline, reports) }
  }

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
