import ArgumentParser
import IndexPipeline

/// `larder why`: tells the way of a file through a pipeline.
struct WhyCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell why a file is in the index, or why it is not.",
    discussion: """
      Reads the sources and runs the transforms of a pipeline; no sink is touched. The status is \
      0 if a source has the file, in the index or not, and 1 if none has.
      """
  )

  @Argument(help: "The file name of a distribution.")
  var filename: String

  @OptionGroup var options: PipelineOptions

  func run(_ registry: Registry) async throws {
    let trail = Trail(of: filename)
    let story = try await PipelineRunner().look(following: trail) {
      var pipeline = try options.pipeline(registry)
      pipeline.stopsAtConflicts = false
      return pipeline
    } _: { pipeline, _, report in
      TrailStory(report, sources: pipeline.sources)
    }
    try Console.output(story.text.utf8Span.span)
    if !story.isFound { throw ExitCode(ExitStatus.no) }
  }
}
