import StrictJSON

/// A stage that was read, and the settings of the framework beside it.
private struct ReadStage {
  let id: String
  let stage: any Stage
  let isEnabled: Bool
  let transforms: [Pipeline.TransformStep]
  let condition: Matcher?
  let isOptional: Bool
  let place: String
}

// Stages, which are objects with a `type`.
extension PipelineFile {
  mutating func sourceSteps(in settings: inout Settings) -> [Pipeline.SourceStep] {
    stages("sources", .source, in: &settings).compactMap { read in
      guard let source = read.stage as? any Source else { return nil }
      return Pipeline.SourceStep(read.id, source, transforms: read.transforms)
    }
  }

  mutating func transformSteps(in settings: inout Settings) -> [Pipeline.TransformStep] {
    stages("transforms", .transform, in: &settings, isRequired: false).compactMap { read in
      guard let transform = read.stage as? any Transform else { return nil }
      return Pipeline.TransformStep(read.id, transform, where: read.condition, at: read.place)
    }
  }

  mutating func sinkSteps(in settings: inout Settings) -> [Pipeline.SinkStep] {
    stages("sinks", .sink, in: &settings).compactMap { read in
      guard let sink = read.stage as? any Sink else { return nil }
      return Pipeline.SinkStep(read.id, sink, isOptional: read.isOptional)
    }
  }

  /// Reads an array of stages, those that are not enabled left out.
  private mutating func stages(
    _ key: String,
    _ kind: StageKind,
    in settings: inout Settings,
    isRequired: Bool = true
  ) -> [ReadStage] {
    let spec = FieldSpec(key, "The \(kind)s, in order.", .list(.any))
    let field = settings.ask(spec)
    if let field, field.elements == nil {
      settings.refuseKind(of: spec, field)
      return []
    }
    guard let elements = field?.elements, !elements.isEmpty || !isRequired else {
      if isRequired {
        settings.refuse(
          "missing-\(kind)",
          "a pipeline needs at least one \(kind), in the array \"\(key)\"",
          at: field?.range ?? settings.opening,
          field == nil ? nil : key
        )
      }
      return []
    }
    let pointer = settings.pointer.appending(key: key)
    return elements.enumerated().compactMap { index, element in
      stage(kind, element, at: pointer.appending(index: index))
    }.filter(\.isEnabled)
  }

  private mutating func stage(
    _ kind: StageKind,
    _ value: JSONValue,
    at pointer: JSONPointer
  ) -> ReadStage? {
    let type = value["type"]?.string ?? ""
    let id = value["id"]?.string ?? freeID(for: type)
    var settings = Settings(owner: "\(kind) \"\(id)\" (\(type))", value, at: pointer, in: text)
    guard value.members != nil else {
      settings.refuse("wrong-type", "a \(kind) must be an object", at: value.range)
      return nil
    }
    checkID(id, in: &settings)
    if kind == .source { take(source: id) }
    guard let entry = registry.entry(kind, type) else {
      refuseType(type, of: kind, in: &settings)
      return nil
    }
    settings.ignore("type")
    settings.ignore("id")
    settings.ignore("$comment")
    _ = settings.string("description", "")
    let matcherCount = text.matchers.count
    let isEnabled = settings.boolean("enabled", "", default: true)
    let condition = kind == .transform ? settings.matcher("where", "") : nil
    let transforms = kind == .source ? transformSteps(in: &settings) : []
    let tolerance =
      kind == .sink ? settings.choice("on_error", "", default: Tolerance.fail) : Tolerance.fail
    let stage = entry.make(&settings)
    settings.finish()
    if !isEnabled { text.forgetMatchers(from: matcherCount) }
    return ReadStage(
      id: id,
      stage: stage,
      isEnabled: isEnabled,
      transforms: transforms,
      condition: condition,
      isOptional: tolerance == .warn,
      place: "\(text.path):\(text.line(of: value.range.lowerBound))"
    )
  }

  private enum Tolerance: String, CaseIterable {
    case fail, warn
  }

  private func refuseType(_ type: String, of kind: StageKind, in settings: inout Settings) {
    let known = registry.types(of: kind)
    let note = "\(kind) types in this build: \(known.joined(separator: ", "))"
    guard let field = settings.value["type"], field.string != nil else {
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
      notes: [note],
      help: "`larder describe \(kind)` says what each one \(kind == .sink ? "writes" : "reads")"
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
    defer { take(id: id) }
    guard let field = settings.value["id"] else { return }
    let bytes = Array(id.utf8)
    let isWord = bytes.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    if field.string == nil {
      settings.refuseKind(of: FieldSpec("id", "", .string), field)
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
