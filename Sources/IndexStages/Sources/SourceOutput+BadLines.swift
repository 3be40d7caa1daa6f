import IndexModel
import IndexPipeline

extension SourceOutput {
  /// Leaves a line out that is no record, or stops the run.
  ///
  /// - Parameters:
  ///   - bad: The line.
  ///   - place: The file or the page that it stands in.
  ///   - base: The number of lines before the block that it was counted in.
  ///   - policy: Whether such lines are left out.
  ///   - title: What messages call the source.
  /// - Throws: `StageFailure` that shows the line.
  mutating func handle(
    _ bad: BadLine,
    at place: String,
    afterLine base: Int = 0,
    _ policy: BadLinePolicy,
    title: String
  ) throws(StageFailure) {
    let excerpt = Excerpt(
      path: place,
      line: bad.line + base,
      text: bad.text,
      range: bad.problem.range,
      note: bad.problem.isUnsafe ? "not a plain file name" : ""
    )
    let isSkipped =
      switch policy {
      case .fail: false
      case .skip: true
      case .skipFilenames: bad.problem.isFilename
      }
    if isSkipped {
      skip(SkippedLine(excerpt, code: bad.problem.code, reason: bad.problem.message))
      return
    }
    throw StageFailure(
      .data,
      code: bad.problem.code,
      "\(title): \(bad.problem.message)",
      excerpt: excerpt,
      notes: bad.problem.isUnsafe
        ? [
          "names from sources become URLs and paths; separators, \"..\", control characters and "
            + "absolute paths are always refused"
        ] : [],
      help: policy == .fail
        ? "\"on_error\": \"skip\" on this source drops such lines and counts them in the report"
        : nil
    )
  }
}

extension RecordProblem {
  /// Whether a file name could lead out of its folder or its URL.
  fileprivate var isUnsafe: Bool { code.utf8.elementsEqual("unsafe-filename".utf8) }
}
