public import IndexModel
import IndexRendering
import StrictJSON

/// Reads a pipeline file: strict JSON, in which an unknown key is a mistake at every level.
public struct PipelineFile {
  /// The largest file that is read, in bytes.
  public static var maximumSize: Int { 1 << 20 }

  let text: PipelineText
  private let registry: Registry
  private var ids: [String] = []

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
    _ = settings.string("$schema")
    _ = settings.field("$comment")
    _ = settings.string("name")
    if settings.field("version") == nil {
      settings.refuse(
        "missing-field",
        "a pipeline needs the field \"version\"",
        at: settings.opening,
        help: "add `\"version\": 1`"
      )
    }
    _ = settings.integer("version", in: 1...1, default: 1)
    let sources = stages("sources", "source", in: &settings, registry.sources)
    let render = renderOptions(in: &settings, now: now)
    let sinks = stages("sinks", "sink", in: &settings, registry.sinks)
    settings.finish()
    return Pipeline(sources: sources, render: render, sinks: sinks)
  }

  /// Reads an array of stages, those that are not enabled left out.
  private mutating func stages<Stage: Sendable>(
    _ key: String,
    _ kind: String,
    in settings: inout Settings,
    _ types: [String: @Sendable (inout Settings) -> Stage]
  ) -> [Pipeline.Named<Stage>] {
    let field = settings.field(key)
    if let field, field.elements == nil {
      settings.refuseKind(of: key, field, wanted: "an array")
      return []
    }
    guard let elements = field?.elements, !elements.isEmpty else {
      settings.refuse(
        "missing-\(kind)",
        "a pipeline needs at least one \(kind), in the array \"\(key)\"",
        at: field?.range ?? settings.opening,
        field == nil ? nil : key
      )
      return []
    }
    let pointer = settings.pointer.appending(key: key)
    return elements.enumerated().compactMap { index, element in
      stage(kind, element, at: pointer.appending(index: index), types)
    }
  }

  private mutating func stage<Stage: Sendable>(
    _ kind: String,
    _ value: JSONValue,
    at pointer: JSONPointer,
    _ types: [String: @Sendable (inout Settings) -> Stage]
  ) -> Pipeline.Named<Stage>? {
    let type = value["type"]?.string ?? ""
    let id = value["id"]?.string ?? freeID(for: type)
    var settings = Settings(owner: "\(kind) \"\(id)\" (\(type))", value, at: pointer, in: text)
    guard value.members != nil else {
      settings.refuse("wrong-type", "a \(kind) must be an object", at: value.range)
      return nil
    }
    checkID(id, in: &settings)
    guard let make = types[type] else {
      refuseType(type, of: kind, in: &settings, known: types.keys.sorted())
      return nil
    }
    _ = settings.requiredString("type")
    _ = settings.field("$comment")
    _ = settings.string("description")
    let isEnabled = settings.boolean("enabled", default: true)
    let stage = make(&settings)
    settings.finish()
    return isEnabled ? Pipeline.Named(id, stage) : nil
  }

  private func refuseType(
    _ type: String,
    of kind: String,
    in settings: inout Settings,
    known: [String]
  ) {
    let note = "\(kind) types in this build: \(known.joined(separator: ", "))"
    guard let field = settings.field("type"), field.string != nil else {
      settings.refuse(
        "missing-field",
        "a \(kind) needs the field \"type\"",
        at: settings.opening,
        notes: [note]
      )
      return
    }
    settings.refuse(
      "unknown-type",
      "\"\(type)\" is not a \(kind) type",
      at: field.range,
      "type",
      caret: Suggestion.text(for: type, among: known),
      notes: [note]
    )
  }

  private func freeID(for type: String) -> String {
    guard ids.contains(type) else { return type }
    var number = 2
    while ids.contains("\(type)-\(number)") { number += 1 }
    return "\(type)-\(number)"
  }

  /// Checks that a name is `[a-z][a-z0-9-]{0,39}` and given once.
  private mutating func checkID(_ id: String, in settings: inout Settings) {
    defer { ids.append(id) }
    guard let field = settings.field("id") else { return }
    let bytes = Array(id.utf8)
    let isWord = bytes.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    if field.string == nil {
      settings.refuseKind(of: "id", field, wanted: "text in quotes")
    } else if !isWord || bytes.count > 40 || !(0x61...0x7A).contains(bytes.first ?? 0) {
      settings.refuse(
        "wrong-value",
        "\"id\" must be 1 to 40 lower-case letters, digits and hyphens, a letter first",
        at: field.range,
        "id"
      )
    } else if ids.contains(id) {
      settings.refuse("duplicate-id", "two stages have the id \"\(id)\"", at: field.range, "id")
    }
  }
}
