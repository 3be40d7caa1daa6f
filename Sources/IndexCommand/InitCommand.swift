import ArgumentParser
import IndexPipeline
import IndexTransport

/// `larder init`: writes a pipeline file to begin with.
struct InitCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a pipeline file to begin with.",
    discussion: """
      Each part is a list of types with commas; `larder describe` lists them.

      larder init                                   a list to a folder
      larder init file,stdin/filesystem             two sources, no transforms
      larder init file//filesystem --output pipeline.json
      """
  )

  @Argument(help: "SOURCES/TRANSFORMS/SINKS, or SOURCES/SINKS.")
  var stages = "file/filesystem"

  @Option(help: "Write it to this file, which must not exist yet.", completion: .file())
  var output: String?

  func run(_ registry: Registry) async throws {
    let pipeline = try PipelineStarter(registry).pipeline(stages).file
    guard let output else { return try Console.output(pipeline.span) }
    do throws(IOFailure) {
      guard output.isPath else {
        throw IOFailure(call: "openat", path: output, code: .missing)
      }
      try Directory.open([UInt8](path: ".").span).write([UInt8](path: output).span, pipeline.span)
    } catch {
      throw StageFailure(
        .publish,
        code: error.code == .exists ? "file-exists" : "cannot-write",
        "cannot write \(output): \(error.code)",
        help: error.code == .exists ? "name a file that does not exist yet" : nil
      )
    }
  }
}
