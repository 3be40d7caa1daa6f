import StrictJSON

/// A name of a source that the merge does not find.
struct UnresolvedSource {
  let id: String
  /// The place in `order`.
  let index: Int
  /// The object `merge`.
  let settings: Settings
}

/// A source that a matcher names.
struct SourceReference {
  let glob: Glob
  let text: String
  let file: PipelineText
  let range: Range<Int>
  let pointer: JSONPointer
}

// What stages say of each other, which is looked at when each by itself is right.
extension PipelineFile {
  /// Refuses names that nobody has, and stages that would harm each other.
  func checkReferences() {
    for reference in unresolved { refuse(reference) }
    let sources = stages.filter { $0.kind == .source }
    for reference in text.log.references
    where !sources.contains(where: { reference.glob.matches($0.id) }) {
      refuse(reference, sources)
    }
    checkClaims()
  }

  private func refuse(_ reference: UnresolvedSource) {
    let settings = reference.settings
    let sources = stages.filter { $0.kind == .source }
    let elements = settings.value["order"]?.elements ?? []
    settings.file.refuse(
      "unknown-reference",
      "\"order\" names a source that does not exist: \"\(reference.id)\"",
      at: reference.index < elements.count
        ? elements[reference.index].range : settings.opening,
      settings.pointer.appending(key: "order").appending(index: reference.index),
      caret: Suggestion.text(for: reference.id, among: sources.map(\.id)),
      notes: [note(of: sources)]
    )
  }

  private func refuse(_ reference: SourceReference, _ sources: [ReadStage]) {
    reference.file.refuse(
      "unknown-reference",
      "\"source\" names a source that does not exist: \"\(reference.text)\"",
      at: reference.range,
      reference.pointer,
      caret: Suggestion.text(for: reference.text, among: sources.map(\.id)),
      notes: [note(of: sources)]
    )
  }

  private func note(of sources: [ReadStage]) -> String {
    let known = sources.map { "\($0.id) (line \($0.place.line))" }
    return "source ids in this file: \(known.joined(separator: ", "))"
  }
}
