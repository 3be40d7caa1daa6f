import StrictJSON

extension PipelineFile {
  /// Reads `merge`.
  mutating func mergeOptions(in pipeline: inout Settings) -> Merge {
    let all = stages.filter { $0.kind == .source }
    let running = all.filter { $0.isEnabled ?? true }.map(\.id)
    return pipeline.object("merge", "How records of several sources become one index.") {
      settings in
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
        if let number = running.firstIndex(where: { $0.utf8.elementsEqual(id.utf8) }) {
          merge.order.append(number)
        } else if !all.contains(where: { $0.id.utf8.elementsEqual(id.utf8) }) {
          unresolved.append(UnresolvedSource(id: id, index: index, settings: settings))
        }
      }
      merge.exceptions = exceptions(in: &settings)
      return merge
    }
  }
}
