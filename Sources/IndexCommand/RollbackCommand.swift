import ArgumentParser
import IndexPipeline

/// `larder rollback`: takes the last publication back.
struct RollbackCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Undo the last publication of an index.",
    discussion: "A second rollback brings the last publication back."
  )

  @OptionGroup var options: PipelineOptions

  @OptionGroup var stages: StageOptions

  func run(_ registry: Registry) async throws {
    try await PipelineRunner().rollBack {
      var pipeline = try options.pipeline(registry)
      try stages.apply(to: &pipeline)
      return pipeline
    }
  }
}
