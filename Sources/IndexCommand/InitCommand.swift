import ArgumentParser
import IndexPipeline
import IndexRendering
import IndexTransport

/// `larder init`: writes a pipeline file to begin with, the configuration of a server, or templates.
struct InitCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a pipeline file, or what goes with it.",
    discussion: """
      Each part is a list of types with commas; `larder describe` lists them.

      larder init                                   a list to a folder
      larder init file,stdin/filesystem             two sources, no transforms
      larder init file//filesystem --output pipeline.json
      larder init --server nginx --folder /srv/index --host index.example
      larder init --templates templates              the layout of the web pages, to change it
      """
  )

  @Argument(help: "SOURCES/TRANSFORMS/SINKS, or SOURCES/SINKS; else file/filesystem.")
  var stages: String?

  @OptionGroup var serving: ServingOptions

  @Option(
    help: "Write the templates of the web pages to this folder, and no pipeline file.",
    completion: .directory
  )
  var templates: String?

  @Option(help: "Write it to this file, which must not exist yet.", completion: .file())
  var output: String?

  func validate() throws {
    if stages != nil, serving.server != nil {
      throw ValidationError("stages are of a pipeline file, and --server writes none")
    }
    if templates != nil, stages != nil || serving.server != nil || output != nil {
      throw ValidationError("--templates writes templates alone, into the folder that it names")
    }
  }

  func run(_ registry: Registry) async throws {
    if let templates {
      try writeTemplates(to: templates)
    } else if let configuration = try serving.configuration() {
      try write(Array(configuration.utf8).span)
    } else {
      try write(PipelineStarter(registry).pipeline(stages ?? "file/filesystem").file.span)
    }
  }

  /// Writes what was asked for, and replaces nothing.
  private func write(_ text: borrowing Span<UInt8>) throws {
    guard let output else { return try Console.output(text) }
    try explaining(output, "name a file that does not exist yet") { () throws(IOFailure) in
      guard output.isPath else {
        throw IOFailure(call: "openat", path: output, code: .missing)
      }
      try Directory.open([UInt8](path: ".").span).write([UInt8](path: output).span, text)
    }
  }

  /// Writes the layout that comes with Larder; nothing, if any file of it is there.
  private func writeTemplates(to path: String) throws {
    try explaining("templates to \(path)", "name a folder without them") { () throws(IOFailure) in
      guard path.isPath else { throw IOFailure(call: "mkdirat", path: path, code: .missing) }
      try Directory.makeFolders(above: Array("\(path)/".utf8))
      let folder = try Directory.open([UInt8](path: path).span)
      let files = LayoutFile.allCases.map { ([UInt8](path: $0.rawValue), $0.builtIn) }
      for (name, _) in files where try folder.status(of: name.span) != nil {
        throw IOFailure(call: "openat", path: path, code: .exists)
      }
      for (name, text) in files { try folder.write(name.span, text.span) }
    }
  }

  private func explaining(
    _ name: String,
    _ remedy: String,
    _ write: () throws(IOFailure) -> Void
  ) throws(StageFailure) {
    do throws(IOFailure) {
      try write()
    } catch {
      throw StageFailure(
        .publish,
        code: error.code == .exists ? "file-exists" : "cannot-write",
        "cannot write \(name): \(error.code)",
        help: error.code == .exists ? remedy : nil
      )
    }
  }
}
