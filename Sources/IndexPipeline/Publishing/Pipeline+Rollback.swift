extension Pipeline {
  /// Makes every sink serve the index again that it had before the present one.
  ///
  /// - Parameter observer: Follows the work.
  /// - Returns: The ids of the sinks.
  /// - Throws: `StageFailure` of the first sink that cannot; those before it went back.
  public func rollBack(observer: any RunObserver = SilentObserver()) async throws -> [String] {
    try await withStages(.run, observer) {
      var done: [String] = []
      for step in sinks {
        do {
          try await locating(step.place) { try await step.sink.rollBack() }
        } catch var failure as StageFailure where !done.isEmpty {
          failure.diagnostic.remarks.append(
            Remark("note", "went back before that: \(done.joined(separator: ", "))")
          )
          throw failure
        }
        done.append(step.id)
      }
      return done
    }
  }
}
