import ArgumentParser
import IndexPipeline

/// `larder describe`: tells what stages and fields there are.
struct DescribeCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Tell of stages and their fields.",
    discussion: """
      larder describe                     all stages
      larder describe sink                all sinks, and the fields that each has
      larder describe sink/filesystem     one stage
      larder describe render.title        one field
      """
  )

  /// How the description is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case human, json, markdown
  }

  @Argument(help: "KIND, KIND/TYPE or KIND/TYPE.FIELD; pipeline, or one of its objects.")
  var topic = ""

  @Option(help: "How it is written.")
  var format = Format.human

  func run(_ registry: Registry) async throws {
    let manual = Manual(registry)
    let topic = try manual.topic(topic)
    switch format {
    case .human: try Console.output(manual.text(of: topic).utf8Span.span)
    case .json: try Console.output(manual.json(of: topic).file.span)
    case .markdown: try Console.output(manual.markdown(of: topic).utf8Span.span)
    }
  }
}
