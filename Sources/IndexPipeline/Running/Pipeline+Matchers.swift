// What the framework does for the matchers of all stages.
extension Pipeline {
  /// The matchers that the pipeline knows: those of a pipeline file, or those of its steps.
  var allMatchers: [Matcher] {
    if !matchers.isEmpty { return matchers }
    let steps = sources.flatMap(\.transforms) + transforms
    return steps.compactMap(\.condition) + merge.exceptions.map(\.projects)
  }

  /// Makes the matchers ready for a run.
  ///
  /// - Throws: `StageFailure` if a file that one names cannot be read.
  func prepareMatchers() throws(StageFailure) {
    for matcher in allMatchers {
      try matcher.prepare(for: setting, sources: sources.map(\.id))
    }
  }
}
