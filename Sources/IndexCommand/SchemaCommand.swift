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
    try OutputText.write(schema.span, to: output)
  }
}
