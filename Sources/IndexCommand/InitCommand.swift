import ArgumentParser
import IndexPipeline
import IndexTransport

/// `larder init`: writes a pipeline file to begin with, or the configuration of a server.
struct InitCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a pipeline file or a server's configuration.",
    discussion: """
      Each part is a list of types with commas; `larder describe` lists them.

      larder init                                   a list to a folder
      larder init file,stdin/filesystem             two sources, no transforms
      larder init file//filesystem --output pipeline.json
      larder init --server nginx --folder /srv/index --host index.example
      """
  )

  @Argument(help: "SOURCES/TRANSFORMS/SINKS, or SOURCES/SINKS; else file/filesystem.")
  var stages: String?

  @OptionGroup var serving: ServingOptions

  @Option(help: "Write it to this file, which must not exist yet.", completion: .file())
  var output: String?

  func validate() throws {
    if stages != nil, serving.server != nil {
      throw ValidationError("stages are of a pipeline file, and --server writes none")
    }
  }

  func run(_ registry: Registry) async throws {
    if let configuration = try serving.configuration() {
      try write(Array(configuration.utf8).span)
    } else {
      try write(PipelineStarter(registry).pipeline(stages ?? "file/filesystem").file.span)
    }
  }

  /// Writes what was asked for, and replaces nothing.
  private func write(_ text: borrowing Span<UInt8>) throws {
    guard let output else { return try Console.output(text) }
    do throws(IOFailure) {
      guard output.isPath else {
        throw IOFailure(call: "openat", path: output, code: .missing)
      }
      try Directory.open([UInt8](path: ".").span).write([UInt8](path: output).span, text)
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
