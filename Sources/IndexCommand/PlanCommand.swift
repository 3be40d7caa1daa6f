import ArgumentParser
import IndexPipeline
import IndexStages
import IndexTransport

/// `larder plan`: says what `run` would do.
struct PlanCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what run would do, and write nothing."
  )

  /// How a plan is told.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case human, json, markdown
  }

  @OptionGroup var options: PipelineOptions

  @OptionGroup var stages: StageOptions

  @Option(help: "How the plan is told: human, json or markdown.")
  var format = Format.human

  @Flag(help: "List every project and page.")
  var full = false

  @Flag(help: "End with status 2 if there are changes.")
  var exitCode = false

  @OptionGroup var log: LogOptions

  func run(_ registry: Registry) async throws {
    let plan = try await PipelineRunner(log: log.makeLog()).plan {
      var pipeline = try options.pipeline(registry)
      try stages.apply(to: &pipeline)
      return pipeline
    }
    let limit = full ? Int.max : Report.pageLimit
    switch format {
    case .json: try Console.output(plan.json(limit: limit).span)
    case .human, .markdown:
      let text = PlanText(plan, isMarkdown: format == .markdown, isFull: full)
      try Console.output(text.lines.joined(separator: "\n"))
    }
    if !plan.refusals.isEmpty { throw ExitCode(1) }
    if exitCode && plan.hasChanges { throw ExitCode(2) }
  }
}
