import IndexRendering
import StrictJSON

// One stage: what the framework reads of it, and what the stage reads itself.
extension PipelineFile {
  private enum Tolerance: String, CaseIterable {
    case fail, warn
  }

  mutating func stage(
    _ kind: StageKind,
    _ element: PlacedElement,
    _ effective: JSONPointer?,
    of source: String?
  ) -> ReadStage? {
    let value = element.value
    let type = value["type"]?.string ?? ""
    let id = value["id"]?.string ?? ids.free(for: type)
    var settings = Settings(
      owner: "\(kind) \"\(id)\" (\(type))",
      value,
      at: element.pointer,
      in: element.text,
      topic: .stage(kind, type: type),
      effective: effective
    )
    guard value.members != nil else {
      settings.refuse("wrong-type", "a \(kind) must be an object", at: value.range)
      return nil
    }
    take(id, in: &settings)
    guard let entry = registry.entry(kind, type) else {
      refuseType(type, of: kind, in: &settings)
      return nil
    }
    settings.ignore("type")
    settings.ignore("id")
    settings.note("type", type.asJSON, at: value["type"]?.range)
    settings.note("id", id.asJSON, at: value["id"]?.range)
    _ = settings.text(of: FrameworkFields.description)
    let isEnabled = isEnabled(in: &settings)
    let matcherCount = text.log.matchers.count
    let wasIdle = text.log.isIdle
    text.log.isIdle = wasIdle || isEnabled == false
    defer { text.log.isIdle = wasIdle }
    let condition =
      kind == .transform ? settings.matcher("where", FrameworkFields.condition.doc) : nil
    let place = stages.count
    let transforms = kind == .source ? transformSteps(in: &settings, of: id) : []
    let tries = kind == .source || kind == .sink
    let retry = tries ? settings.retry() : RetryPolicy()
    let mayFail = kind == .sink || kind == .hook
    let doc = FrameworkFields.tolerance(of: kind).doc
    let tolerance = mayFail ? settings.choice("on_error", doc, default: Tolerance.fail) : .fail
    if entry.info.runsPrograms, isEnabled != false, !settings.allowsPrograms {
      settings.refuse(
        "program-refused",
        "\(kind) \"\(id)\" (\(type)) runs another program, which is not allowed here",
        field: "type",
        notes: ["--no-exec or LARDER_NO_EXEC=1 forbids programs as stages"]
      )
    }
    let stage = entry.make(&settings)
    settings.finish()
    if isEnabled == false { text.log.matchers.removeSubrange(matcherCount...) }
    let read = ReadStage(
      kind: kind,
      id: id,
      type: type,
      stage: stage,
      isEnabled: isEnabled,
      transforms: transforms,
      condition: condition,
      retry: retry,
      isOptional: tolerance == .warn,
      source: source,
      element: element
    )
    stages.insert(read, at: place)
    return read
  }

  /// Whether a stage runs; `nil` if that is not known yet.
  private func isEnabled(in settings: inout Settings) -> Bool? {
    let spec = FrameworkFields.enabled
    guard settings.value[spec.name] != nil else {
      _ = settings.ask(spec)
      return true
    }
    guard let value = settings.ask(spec) else { return nil }
    if let boolean = value.boolean { return boolean }
    settings.refuseKind(of: spec, value)
    return nil
  }

  private func refuseType(_ type: String, of kind: StageKind, in settings: inout Settings) {
    let known = registry.types(of: kind)
    let list = known.isEmpty ? "none" : known.joined(separator: ", ")
    let note = "\(kind) types in this build: \(list)"
    guard let field = settings.value["type"], field.string != nil else {
      settings.refuse(
        "missing-field",
        "a \(kind) needs the field \"type\"",
        at: settings.opening,
        notes: [note]
      )
      return
    }
    let synonyms = registry.entries.filter { $0.kind == kind }.flatMap { entry in
      entry.info.synonyms.map { ($0, entry.info.type) }
    }
    let verb =
      switch kind {
      case .source: "reads"
      case .transform, .hook: "does"
      case .sink: "writes"
      }
    settings.refuse(
      "unknown-type",
      "\"\(type)\" is not a \(kind) type",
      at: field.range,
      "type",
      caret: Suggestion.text(for: type, among: known, synonyms: synonyms),
      notes: [note],
      help: "`larder describe \(kind)` says what each one \(verb)"
    )
  }
}

extension PipelineFile {
  /// What the pipeline is made of.
  func overview(of pipeline: Pipeline) -> PipelineOverview {
    let stages = stages.map { read in
      PipelineOverview.Stage(
        kind: read.kind,
        id: read.id,
        type: read.type,
        condition: condition(of: read),
        source: read.source
      )
    }
    return PipelineOverview(stages: stages, title: pipeline.render.title)
  }

  private func condition(of read: ReadStage) -> PipelineOverview.Condition {
    guard let written = read.element.value["enabled"]?.string else {
      return read.isEnabled == false ? .disabled : .enabled
    }
    let pieces = Placeholder.pieces(of: Array(written.utf8))
    for piece in pieces {
      switch piece.meaning {
      case .variable(let name, _): return .decided(by: "${env:\(name)}")
      case .file(let path): return .decided(by: "${file:\(path)}")
      case .text, .malformed: break
      }
    }
    return .enabled
  }
}
