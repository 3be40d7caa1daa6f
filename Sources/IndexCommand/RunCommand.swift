import ArgumentParser
import IndexPipeline
import IndexTransport

/// `larder run`: runs a pipeline file.
struct RunCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file.",
    discussion: "Relative paths in the file start at its folder."
  )

  @Argument(help: "The pipeline file.")
  var file = "pipeline.json"

  @Option(help: "Write a report of the run to this file, as JSON.")
  var report: String?

  func run(_ registry: Registry) async throws {
    try await PipelineRunner(reportPath: report, verb: .run).run { try readPipeline(registry) }
  }

  private func readPipeline(_ registry: Registry) throws -> Pipeline {
    var bytes: [UInt8] = []
    do throws(IOFailure) {
      let input = try InputFile.open(file)
      while try input.read(into: &bytes, upTo: 1 << 16) > 0 {
        if bytes.count > PipelineFile.maximumSize { break }
      }
    } catch {
      throw StageFailure(
        .config,
        code: "cannot-read",
        "cannot read the pipeline file \(file): \(error.code)"
      )
    }
    return try PipelineFile.read(bytes, path: file, registry: registry, now: Clock.now)
  }
}
