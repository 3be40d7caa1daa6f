import ArgumentParser
import IndexPipeline
import IndexTransport

/// `larder schema`: writes the JSON Schema of pipeline files.
struct SchemaCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schema of pipeline files, for editors.",
    discussion: "A pipeline file names it by \"$schema\", and the editor then completes the file."
  )

  @Option(help: "Write it to this file, in place of what is there.", completion: .file())
  var output: String?

  func run(_ registry: Registry) async throws {
    let schema = PipelineSchema(registry).json.file
    guard let output else { return try Console.output(schema.span) }
    do throws(IOFailure) {
      try Directory.replaceFile(output, with: schema.span)
    } catch {
      throw StageFailure(.publish, code: "cannot-write", "cannot write \(output): \(error.code)")
    }
  }
}
