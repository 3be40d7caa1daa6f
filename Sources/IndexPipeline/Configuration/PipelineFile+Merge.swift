import StrictJSON

extension PipelineFile {
  /// Reads `merge`.
  func mergeOptions(in pipeline: inout Settings, sources ids: [String]) -> Merge {
    pipeline.object("merge", "How records of several sources become one index.") { settings in
      var merge = Merge()
      merge.policy = settings.choice(
        "policy",
        "Which source gives the files of a project that several have.",
        default: .firstSource
      )
      let order = settings.strings(
        "order",
        "The ids of the sources, the first first; their order in the file if it is not given.",
        example: ["internal", "pypi"]
      )
      for (index, id) in order.enumerated() {
        if let number = ids.firstIndex(where: { $0.utf8.elementsEqual(id.utf8) }) {
          merge.order.append(number)
        } else {
          refuse(reference: id, at: index, among: ids, in: &settings)
        }
      }
      return merge
    }
  }

  private func refuse(
    reference id: String,
    at index: Int,
    among ids: [String],
    in settings: inout Settings
  ) {
    let range = settings.value["order"]?.elements?[index].range ?? settings.opening
    settings.refuse(
      "unknown-reference",
      "\"order\" names a source that does not exist: \"\(id)\"",
      at: range,
      "order",
      caret: Suggestion.text(for: id, among: ids),
      notes: ["source ids in this file: \(ids.joined(separator: ", "))"]
    )
  }
}
