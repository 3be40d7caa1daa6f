import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// The page of a project, read and checked.
struct FetchedPage: Sendable {
  /// Where it was asked for, which messages and the store know it by.
  let url: [UInt8]
  let validators: HTTPValidators?
  let serial: Int?
  let status: ProjectStatus?
  /// Whether it is as the run before kept it.
  let isRestored: Bool
  /// The files, as lines of JSON, to be kept; empty if they are kept already.
  let lines: [UInt8]
  /// The files as records.
  let parsed: ParsedBlock
  /// The files that must not be listed, by name, and why.
  let refused: [(name: [UInt8], problem: RecordProblem)]
  /// The bytes that were transferred.
  let byteCount: Int

  /// Whether nothing of it has to be left out or said.
  var isWhole: Bool {
    refused.isEmpty && parsed.problems.isEmpty && parsed.linesWithBadDigests.isEmpty
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
    for (name, problem) in page.refused {
      let bad = BadLine(line: 0, text: name, problem: problem)
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

extension FetchedPage {
  /// A page that was read.
  init(_ page: SimplePage, _ response: HTTPResponse, at url: [UInt8]) {
    self.url = url
    validators = response.validators
    serial = page.serial
    status = page.status
    isRestored = false
    lines = Array(page.lines.span)
    parsed = Self.parse(lines, at: url)
    refused = page.refused
    byteCount = response.body.count
  }

  /// A page as the run before read it.
  ///
  /// - Throws: `IOFailure` if what was kept cannot be read.
  init(_ page: PageStore.Page, at url: [UInt8], from store: PageStore) throws(IOFailure) {
    self.url = url
    validators = page.validators
    serial = page.serial
    status = page.status
    isRestored = true
    lines = []
    parsed = Self.parse(try store.body(of: page), at: url)
    refused = []
    byteCount = 0
  }

  /// Files that no page of a project lists.
  init(lines: [UInt8], at url: [UInt8]) {
    self.url = url
    validators = nil
    serial = nil
    status = nil
    isRestored = false
    self.lines = []
    parsed = Self.parse(lines, at: url)
    refused = []
    byteCount = 0
  }

  private static func parse(_ lines: [UInt8], at url: [UInt8]) -> ParsedBlock {
    let place = String(decoding: url, as: UTF8.self)
    return BlockParser(place: place, format: .jsonl, badLines: .skip).parse(lines)
  }
}
