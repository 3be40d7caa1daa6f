public import IndexModel
import IndexRendering
import StrictJSON

/// Reads a pipeline file: strict JSON, in which an unknown key is a mistake at every level.
public struct PipelineFile {
  /// The largest file that is read, in bytes.
  public static var maximumSize: Int { 1 << 20 }

  let text: PipelineText
  let registry: Registry
  private(set) var ids: [String] = []
  /// The ids of all sources, those that are not enabled too.
  private(set) var sourceIDs: [String] = []

  /// Reads a pipeline.
  ///
  /// - Parameters:
  ///   - bytes: The text of the file.
  ///   - path: Its path, to which relative paths in it are relative.
  ///   - registry: The types of stages that it may name.
  ///   - now: The moment that pages show if the file asks for it.
  /// - Throws: `PipelineFileFailure` with all mistakes of the file.
  public static func read(
    _ bytes: [UInt8],
    path: String,
    registry: Registry,
    now: @autoclosure () -> Timestamp?
  ) throws(PipelineFileFailure) -> Pipeline {
    let text = PipelineText(path: path, bytes: bytes)
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: bytes, maximumDepth: 32, maximumSize: maximumSize).root
    } catch {
      let pointer = JSONPointer(at: error.range.lowerBound, in: bytes.span, maximumDepth: 32)
      text.refuse(
        "json-syntax",
        error.message,
        at: error.range,
        pointer,
        caret: error.hint,
        notes: [
          "pipeline files are strict JSON: no trailing commas, no comments. "
            + "Write notes as \"$comment\" keys"
        ]
      )
      throw PipelineFileFailure(path: path, failures: text.failures, isSyntax: true)
    }
    var file = PipelineFile(text: text, registry: registry)
    guard root.members != nil else {
      let message = "a pipeline must be an object, not \(root.kind.phrase)"
      text.refuse("wrong-type", message, at: root.range, JSONPointer())
      throw PipelineFileFailure(path: path, failures: text.failures, isSyntax: false)
    }
    let pipeline = file.pipeline(root, now: now())
    guard text.failures.isEmpty else {
      throw PipelineFileFailure(path: path, failures: text.orderedFailures, isSyntax: false)
    }
    return pipeline
  }

  private init(text: PipelineText, registry: Registry) {
    self.text = text
    self.registry = registry
  }

  private mutating func pipeline(_ root: JSONValue, now: Timestamp?) -> Pipeline {
    var settings = Settings(owner: "a pipeline", root, at: JSONPointer(), in: text)
    _ = settings.string("$schema", "The JSON Schema of this file, for editors.")
    settings.ignore("$comment")
    _ = settings.string("name", "What the pipeline is called in logs and reports.")
    readVersion(in: &settings)
    let sources = sourceSteps(in: &settings)
    let merge = mergeOptions(in: &settings, sources: sources.map(\.id))
    let transforms = transformSteps(in: &settings)
    let render = renderOptions(in: &settings, now: now)
    let sinks = sinkSteps(in: &settings)
    settings.finish()
    text.refuseUnknownSources(among: sourceIDs)
    var pipeline = Pipeline(sources: sources, transforms: transforms, render: render, sinks: sinks)
    pipeline.merge = merge
    pipeline.matchers = text.matchers
    pipeline.setting.now = now
    return pipeline
  }

  private func readVersion(in settings: inout Settings) {
    let version = settings.integer(
      "version",
      "The version of the format of this file.",
      in: 1...1,
      example: 1
    )
    if version == nil, settings.value["version"] == nil {
      settings.refuse(
        "missing-field",
        "a pipeline needs the field \"version\"",
        field: nil,
        help: "add `\"version\": 1`"
      )
    }
  }

  /// Takes a name that must be free.
  mutating func take(id: String) { ids.append(id) }

  /// Takes the name of a source.
  mutating func take(source id: String) { sourceIDs.append(id) }
}
