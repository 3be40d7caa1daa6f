import StrictJSON

/// A name of a source that the merge does not find.
struct UnresolvedSource {
  let id: String
  /// The place in `order`.
  let index: Int
  /// The object `merge`.
  let settings: Settings
}

// What stages say of each other, which is looked at when each by itself is right.
extension PipelineFile {
  /// Refuses names that nobody has, and stages that would harm each other.
  func checkReferences() {
    for reference in unresolved { refuse(reference) }
    checkClaims()
  }

  private func refuse(_ reference: UnresolvedSource) {
    let settings = reference.settings
    let sources = stages.filter { $0.kind == .source }
    let elements = settings.value["order"]?.elements ?? []
    let known = sources.map { "\($0.id) (line \($0.line))" }
    settings.file.refuse(
      "unknown-reference",
      "\"order\" names a source that does not exist: \"\(reference.id)\"",
      at: reference.index < elements.count
        ? elements[reference.index].range : settings.opening,
      settings.pointer.appending(key: "order").appending(index: reference.index),
      caret: Suggestion.text(for: reference.id, among: sources.map(\.id)),
      notes: ["source ids in this file: \(known.joined(separator: ", "))"]
    )
  }
}
