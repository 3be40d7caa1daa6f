public import IndexModel
import IndexRendering
import StrictJSON

/// Reads a pipeline file: strict JSON, in which an unknown key is a mistake at every level.
///
/// A file is checked level by level: its syntax, the release that it requires, its fields, what
/// stages refer to, and at last whether there is a value for each placeholder. All mistakes of a
/// level are said in one run, and those of the next would only follow from them.
public struct PipelineFile {
  /// The largest file that is read, in bytes.
  public static var maximumSize: Int { 1 << 20 }

  let text: PipelineText
  var registry: Registry { text.log.registry }
  var ids = StageIDs()
  /// All stages, in the order of the file, also those that are not enabled.
  var stages: [ReadStage] = []
  /// Names of sources that the merge does not find.
  var unresolved: [UnresolvedSource] = []

  /// Reads a pipeline that is to be run.
  ///
  /// - Parameters:
  ///   - bytes: The text of the file.
  ///   - path: Its path, to which relative paths in it are relative.
  ///   - registry: The types of stages that it may name.
  ///   - surroundings: The values of its placeholders; there are none by default.
  ///   - now: The moment that pages show if the file asks for it.
  /// - Throws: `PipelineFileFailure` with all mistakes of the file.
  public static func read(
    _ bytes: [UInt8],
    path: String,
    registry: Registry,
    surroundings: Surroundings = Surroundings(),
    now: @autoclosure () -> Timestamp?
  ) throws(PipelineFileFailure) -> Pipeline {
    var surroundings = surroundings.complete
    surroundings.now = now()
    let check = check(bytes, path: path, registry: registry, surroundings: surroundings)
    guard let pipeline = check.pipeline else { throw PipelineFileFailure(check) }
    return pipeline
  }

  /// Checks a pipeline.
  ///
  /// - Parameters:
  ///   - bytes: The text of the file.
  ///   - path: Its path, to which relative paths in it are relative.
  ///   - registry: The types of stages that it may name.
  ///   - surroundings: What is known of the values of its placeholders.
  /// - Returns: What is wrong with it, and the pipeline that it describes if all is known.
  public static func check(
    _ bytes: [UInt8],
    path: String,
    registry: Registry,
    surroundings: Surroundings = Surroundings()
  ) -> PipelineCheck {
    let log = PipelineLog(surroundings, registry)
    defer { log.forgetTexts() }
    var file = PipelineFile(text: PipelineText(path: path, bytes: bytes, log: log))
    guard let root = parse(file.text) else {
      return PipelineCheck(path: path, log, isSyntax: true)
    }
    guard root.members != nil else {
      let message = "a pipeline must be an object, not \(root.kind.phrase)"
      file.text.refuse("wrong-type", message, at: root.range, JSONPointer())
      return PipelineCheck(path: path, log)
    }
    guard file.isMet(requirementOf: root) else { return PipelineCheck(path: path, log) }
    let pipeline = file.pipeline(root)
    if !log.hasErrors { file.checkReferences() }
    if !log.hasErrors { log.refuseGaps() }
    guard !log.hasErrors else { return PipelineCheck(path: path, log) }
    return PipelineCheck(path: path, log, pipeline, file.overview(of: pipeline))
  }

  private init(text: PipelineText) { self.text = text }

  /// Reads the JSON of a text, or says what is wrong with it.
  static func parse(_ text: PipelineText) -> JSONValue? {
    let bytes = text.bytes
    do throws(JSONError) {
      return try JSONDocument(
        parsing: bytes,
        maximumDepth: 32,
        maximumSize: maximumSize
      ).root
    } catch {
      let pointer = JSONPointer(at: error.range.lowerBound, in: bytes.span, maximumDepth: 32)
      text.log.add(
        PipelineLog.Draft(
          code: "json-syntax",
          message: error.message,
          text: text,
          pointer: pointer,
          marks: [(error.range, error.hint)],
          showsNextLine: error.code == .trailingCommaInArray
            || error.code == .trailingCommaInObject,
          remarks: [
            .note(
              "pipeline files are strict JSON: no trailing commas, no comments. "
                + "Write notes as \"$comment\" keys"
            )
          ]
        )
      )
      return nil
    }
  }

  /// The names of the fields at the top level.
  package static var fieldNames: [String] { fields.map(\.name) }

  /// The fields of a pipeline file, as they are asked for.
  package static var fields: [FieldSpec] {
    var settings = Settings.blank(owner: "a pipeline")
    var file = PipelineFile(text: settings.file)
    _ = file.pipeline(in: &settings)
    return settings.fields
  }

  private mutating func pipeline(_ root: JSONValue) -> Pipeline {
    var settings = Settings(
      owner: "a pipeline",
      root,
      at: JSONPointer(),
      in: text,
      topic: .pipeline,
      effective: JSONPointer()
    )
    reserveIDs(in: root)
    return pipeline(in: &settings)
  }

  private mutating func pipeline(in settings: inout Settings) -> Pipeline {
    _ = settings.string("$schema", "The JSON Schema of this file, for editors.")
    readVersion(in: &settings)
    _ = settings.string(
      "requires",
      "The releases of Larder that understand this file.",
      example: ">=\(Release.version)"
    )
    let name = settings.string("name", "What the pipeline is called in logs and reports.")
    let sources = sourceSteps(in: &settings)
    let merge = mergeOptions(in: &settings)
    let transforms = transformSteps(in: &settings)
    let render = renderOptions(in: &settings, now: text.log.surroundings.now)
    let guards = guards(in: &settings)
    let sinks = sinkSteps(in: &settings)
    let hooks = hookSteps(in: &settings)
    settings.finish()
    var pipeline = Pipeline(sources: sources, transforms: transforms, render: render, sinks: sinks)
    pipeline.name = name ?? ""
    pipeline.merge = merge
    pipeline.hooks = hooks
    pipeline.guards = guards
    pipeline.disabled = stages.filter { $0.isEnabled == false }.map(\.id)
    pipeline.secrets = text.log.secrets
    pipeline.matchers = text.log.matchers
    pipeline.setting.now = text.log.surroundings.now
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
      settings.require("version")
      settings.refuse(
        "missing-field",
        "a pipeline needs the field \"version\"",
        field: nil,
        help: "add `\"version\": 1`"
      )
    }
  }
}
