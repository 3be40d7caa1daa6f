import ArgumentParser
import IndexPipeline

/// `larder test`: runs the tests of pipelines.
struct TestCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of pipelines.",
    discussion: """
      Sources are replaced by the records of a test, and sinks by memory: nothing outside is read \
      but the files that pipelines name. Without arguments, all *.test.json of this folder run.
      """
  )

  @Argument(help: "Files of tests, or patterns such as 'conf/**/*.test.json'.")
  var files: [String] = ["*.test.json"]

  @Option(help: "Run only the tests whose name holds this text.")
  var filter: String?

  @Option(help: "Write the results to this file, as JUnit XML.")
  var junit: String?

  func run(_ registry: Registry) async throws {
    let suites: [PipelineTestSuite]
    do {
      suites = try await PipelineTester(registry: registry, filter: filter ?? "").run(files)
    } catch let failure as PipelineFileFailure {
      Mistakes.show(failure)
      throw ExitCode(StageFailure.Kind.config.exitStatus)
    } catch let failure as StageFailure {
      Console.show(failure.diagnostic)
      throw ExitCode(failure.kind.exitStatus)
    }
    try Console.output(PipelineTestSummary(suites).lines.joined(separator: "\n"))
    if let junit {
      try Mistakes.explained { () throws in
        try OutputText.write(PipelineTestSummary(suites).junit.utf8Span.span, to: junit)
      }
    }
    if suites.contains(where: { !$0.isPassed }) { throw ExitCode(ExitStatus.no) }
  }
}
