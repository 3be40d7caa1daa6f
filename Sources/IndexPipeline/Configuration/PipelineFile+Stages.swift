import StrictJSON

// Arrays of stages, which are objects with a `type`.
extension PipelineFile {
  mutating func sourceSteps(in settings: inout Settings) -> [Pipeline.SourceStep] {
    stages(.source, in: &settings).compactMap { read in
      guard let source = read.stage as? any Source else { return nil }
      return Pipeline.SourceStep(
        read.id,
        source,
        transforms: read.transforms,
        retry: read.retry,
        at: read.place
      )
    }
  }

  mutating func transformSteps(
    in settings: inout Settings,
    of source: String? = nil
  ) -> [Pipeline.TransformStep] {
    stages(.transform, in: &settings, of: source).compactMap { read in
      guard let transform = read.stage as? any Transform else { return nil }
      return Pipeline.TransformStep(read.id, transform, where: read.condition, at: read.place)
    }
  }

  mutating func sinkSteps(in settings: inout Settings) -> [Pipeline.SinkStep] {
    stages(.sink, in: &settings).compactMap { read in
      guard let sink = read.stage as? any Sink else { return nil }
      return Pipeline.SinkStep(
        read.id,
        sink,
        isOptional: read.isOptional,
        retry: read.retry,
        at: read.place
      )
    }
  }

  mutating func hookSteps(in settings: inout Settings) -> [Pipeline.HookStep] {
    stages(.hook, in: &settings).compactMap { read in
      guard let hook = read.stage as? any Hook else { return nil }
      return Pipeline.HookStep(read.id, hook, isOptional: read.isOptional, at: read.place)
    }
  }

  /// Reads an array of stages, those that are not enabled left out.
  private mutating func stages(
    _ kind: StageKind,
    in settings: inout Settings,
    of source: String? = nil
  ) -> [ReadStage] {
    let key = kind.field
    let isNeeded = kind == .source || kind == .sink
    let what = kind == .hook ? "What is done when something was published" : "The \(kind)s"
    let spec = FieldSpec(key, "\(what), in order.", .stages(kind))
    let field = settings.value[key]
    if let field, field.elements == nil {
      _ = settings.ask(spec)
      settings.refuseKind(of: spec, field)
      return []
    }
    // Stages ask for what is in them by themselves, so that the array is only looked at.
    settings.look(at: spec)
    guard let elements = field?.elements, !elements.isEmpty || !isNeeded else {
      if isNeeded {
        settings.require(key)
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
    let effective = settings.effective?.appending(key: key)
    let placed = self.elements(of: elements, at: pointer, in: settings.file)
    return placed.enumerated().compactMap { index, element in
      stage(kind, element, effective?.appending(index: index), of: source)
    }.filter { $0.isEnabled ?? true }
  }
}

// Names, which messages and other stages refer to.
extension PipelineFile {
  /// Keeps the names that stages are given from those that are not given one.
  ///
  /// Parts of the pipeline are read later; their names are taken when it is their turn.
  mutating func reserveIDs(in root: JSONValue) {
    for key in StageKind.allCases.map(\.field) {
      for stage in root[key]?.elements ?? [] {
        if let id = stage["id"]?.string { ids.reserve(id) }
        for transform in stage["transforms"]?.elements ?? [] {
          if let id = transform["id"]?.string { ids.reserve(id) }
        }
      }
    }
  }

  /// Takes the name of a stage, or says what is wrong with it.
  mutating func take(_ id: String, in settings: inout Settings) {
    let isFree = ids.take(id)
    guard let field = settings.value["id"] else { return }
    if field.string == nil {
      settings.refuseKind(of: FieldSpec("id", "", .string), field)
    } else if !StageIDs.isID(id) {
      settings.refuse(
        "wrong-value",
        "\"id\" must be 1 to 40 lower-case letters, digits and hyphens, a letter first",
        at: field.range,
        "id"
      )
    } else if !isFree {
      settings.refuse("duplicate-id", "two stages have the id \"\(id)\"", at: field.range, "id")
    }
  }
}
