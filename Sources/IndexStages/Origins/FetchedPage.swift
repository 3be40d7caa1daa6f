import IndexModel
import IndexPipeline
import IndexTransport

/// The page of a project, read and checked.
struct FetchedPage: Sendable {
  /// Where it was asked for, which messages and the store know it by.
  let url: [UInt8]
  let validators: HTTPValidators?
  let serial: Int?
  let status: ProjectStatus?
  /// The files, as lines of JSON.
  let lines: [UInt8]
  /// The same as records.
  let parsed: ParsedBlock
  /// The files that are not the project's, by name.
  let strays: [[UInt8]]
  /// The bytes that were transferred.
  let byteCount: Int

  /// Whether nothing of it has to be left out or said.
  var isWhole: Bool {
    strays.isEmpty && parsed.problems.isEmpty && parsed.linesWithBadDigests.isEmpty
  }
}

extension SourceOutput {
  /// Adds the files of a page.
  ///
  /// - Parameter title: What messages call the source.
  /// - Throws: `StageFailure` at the first file that cannot be a record, unless they are left out.
  mutating func take(
    _ page: FetchedPage,
    of project: [UInt8],
    _ badLines: BadLinePolicy,
    title: String
  ) throws(StageFailure) {
    byteCount += page.byteCount
    let place = String(decoding: page.url, as: UTF8.self)
    for stray in page.strays {
      let problem = RecordProblem(
        code: "foreign-file",
        "a page of \"\(String(decoding: project, as: UTF8.self))\" lists a file of another project"
      )
      let bad = BadLine(line: 0, text: stray, problem: problem)
      try handle(bad, at: place, badLines, title: title)
    }
    for bad in page.parsed.problems { try handle(bad, at: place, badLines, title: title) }
    for line in page.parsed.linesWithBadDigests {
      warn("\(place): file \(line): a digest that no installer could use was left out")
    }
    var batch = page.parsed.batch
    if let status = page.status { batch.setStatus(status, ofProject: project.span) }
    append(batch)
  }
}
