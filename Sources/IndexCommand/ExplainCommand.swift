import ArgumentParser
import IndexPipeline

/// `larder explain`: says more of a message than the message does.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say more about the code of a message.",
    discussion: "Codes stand in brackets at the beginning of a message: error[unknown-field]."
  )

  @Argument(
    help: "The code; without one, all codes are listed.",
    completion: .list(Explanation.all.map(\.code))
  )
  var code: String?

  func run() async throws {
    guard let code else { return try Console.output(Explanation.list.utf8Span.span) }
    try Console.output(Explanation.of(code).text.utf8Span.span)
  }
}
