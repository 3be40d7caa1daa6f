import ArgumentParser
import IndexPipeline

/// `larder show config`: the pipeline with all defaults and placeholders filled in.
struct ShowConfigCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show a pipeline with every value that it has.",
    discussion: "Secrets, and placeholders without a value, are shown as they are written."
  )

  @OptionGroup var options: PipelineOptions

  @Flag(help: "Show a line for each value, with the place that it comes from.")
  var origins = false

  func run(_ registry: Registry) async throws {
    try Mistakes.explained { () throws in
      let check = try options.check(.lenient, registry)
      guard check.errors.isEmpty else { throw PipelineFileFailure(check) }
      let configuration = EffectiveConfiguration(check)
      if origins {
        for line in configuration.origins { try Console.output(line) }
      } else {
        try Console.output(configuration.json)
      }
    }
  }
}
