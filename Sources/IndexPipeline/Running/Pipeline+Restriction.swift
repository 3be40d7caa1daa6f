extension Pipeline {
  /// Leaves stages out, as if they were not enabled.
  ///
  /// - Parameters:
  ///   - sinks: The ids of the only sinks that are to be written; all of them if it is empty.
  ///   - skipped: The ids of stages that are left out.
  /// - Throws: `StageFailure` if there is no such stage.
  public mutating func restrict(toSinks sinks: [String], skipping skipped: [String])
    throws(StageFailure)
  {
    let sinkIDs = self.sinks.map(\.id)
    for id in sinks where !sinkIDs.has(id) { throw unknown(id, "sink", among: sinkIDs) }
    let ids = allIDs
    for id in skipped where !ids.has(id) && !disabled.has(id) {
      throw unknown(id, "stage", among: ids)
    }
    let isLeftOut = { (id: String) in skipped.has(id) }
    let isOther = { (id: String) in isLeftOut(id) || !sinks.isEmpty && !sinks.has(id) }
    disabled += ids.filter { sinkIDs.has($0) ? isOther($0) : isLeftOut($0) }
    if sources.contains(where: { isLeftOut($0.id) }) { leaveOutSources(isLeftOut) }
    transforms.removeAll { isLeftOut($0.id) }
    self.sinks.removeAll { isOther($0.id) }
    hooks.removeAll { isLeftOut($0.id) }
    sources = sources.map { step in
      SourceStep(
        step.id,
        step.source,
        transforms: step.transforms.filter { !isLeftOut($0.id) },
        retry: step.retry,
        at: step.place
      )
    }
  }

  /// Leaves out what follows a transform, or all but a source.
  ///
  /// - Parameter id: The transform, or the source.
  /// - Throws: `StageFailure` if there is no such stage.
  public mutating func end(after id: String) throws(StageFailure) {
    if let last = transforms.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) {
      transforms.removeSubrange((last + 1)...)
    } else if sources.map(\.id).has(id) {
      leaveOutSources { !$0.utf8.elementsEqual(id.utf8) }
      transforms = []
    } else {
      throw unknown(id, "source or transform", among: sources.map(\.id) + transforms.map(\.id))
    }
  }

  /// All stages that run.
  public var allStages: [any Stage] {
    var stages: [any Stage] = []
    for step in sources {
      stages.append(step.source)
      for transform in step.transforms { stages.append(transform.transform) }
    }
    for step in transforms { stages.append(step.transform) }
    for step in sinks { stages.append(step.sink) }
    for step in hooks { stages.append(step.hook) }
    return stages
  }

  private var allIDs: [String] {
    sources.flatMap { [$0.id] + $0.transforms.map(\.id) } + transforms.map(\.id) + sinks.map(\.id)
      + hooks.map(\.id)
  }

  /// Leaves sources out, whose numbers the merge knows.
  private mutating func leaveOutSources(_ isLeftOut: (String) -> Bool) {
    let kept = sources.indices.filter { !isLeftOut(sources[$0].id) }
    merge.order = merge.order.compactMap { kept.firstIndex(of: $0) }
    sources = kept.map { sources[$0] }
  }

  private func unknown(_ id: String, _ noun: String, among ids: [String]) -> StageFailure {
    if disabled.has(id) {
      return StageFailure(.config, code: "unknown-stage", "\(noun) \"\(id)\" is not enabled")
    }
    let guess = Suggestion.text(for: id, among: ids)
    return StageFailure(
      .config,
      code: "unknown-stage",
      "there is no \(noun) \"\(id)\" in the pipeline",
      notes: ["ids: \(ids.joined(separator: ", "))"],
      help: guess.isEmpty ? nil : guess
    )
  }
}

extension [String] {
  /// Whether one of the texts has the bytes of another.
  fileprivate func has(_ text: String) -> Bool {
    contains { $0.utf8.elementsEqual(text.utf8) }
  }
}
