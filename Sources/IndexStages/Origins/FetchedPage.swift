import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// The page of a project, read and checked.
struct FetchedPage: Sendable {
  /// Where it was asked for, which messages and the store know it by.
  let url: [UInt8]
  /// What is kept of it beside the files.
  let facts: PageStore.Page
  /// The files as the run before kept them; nil if the page was read anew.
  let kept: RecordLines?
  /// The files as lines of JSON, to be kept; empty if they are kept already.
  let lines: [UInt8]
  /// The files as records; none if they are kept.
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
    _ badLines: BadLinePolicy,
    title: String
  ) throws(StageFailure) {
    byteCount += page.byteCount
    if let kept = page.kept {
      append(kept)
      return
    }
    let place = String(decoding: page.url, as: UTF8.self)
    for (name, problem) in page.refused {
      let bad = BadLine(line: 0, text: name, problem: problem)
      try handle(bad, at: place, badLines, title: title)
    }
    for bad in page.parsed.problems { try handle(bad, at: place, badLines, title: title) }
    for line in page.parsed.linesWithBadDigests {
      warn("\(place): file \(line): a digest that no installer could use was left out")
    }
    append(part: page.parsed.batch, from: page.facts.digest)
  }
}

extension FetchedPage {
  /// A page that was read.
  init(_ page: SimplePage, _ response: HTTPResponse, at url: [UInt8]) {
    let state = page.status.map { ($0, page.project) }
    var parsed = page.parsed
    if let (status, project) = state { parsed.batch.setStatus(status, ofProject: project.span) }
    self.url = url
    self.parsed = parsed
    kept = nil
    lines = Array(page.lines.span)
    facts = PageStore.Page(
      validators: response.validators,
      serial: page.serial,
      status: page.status,
      fileCount: parsed.batch.records.count,
      digest: RecordLines.digest(of: page.lines.span, state)
    )
    refused = page.refused
    byteCount = response.body.count
  }

  /// A page as the run before read it; nil if what was kept is damaged.
  ///
  /// - Throws: `IOFailure` if what was kept cannot be read.
  init?(keptOf link: ProjectLink, _ page: PageStore.Page, in store: PageStore) throws(IOFailure) {
    let url = link.url
    let state = page.status.map { ($0, link.name) }
    let body = try store.body(at: url)
    guard RecordLines.digest(of: body.span, state) == page.digest else { return nil }
    self.url = url
    facts = page
    // Most often nothing changed, and nobody needs them: they are not held until then.
    kept = RecordLines(count: page.fileCount, state, page.digest) { () throws(StageFailure) in
      do throws(IOFailure) {
        return try store.body(at: url)
      } catch {
        throw StageFailure(unreadableCache: error)
      }
    }
    lines = []
    parsed = ParsedBlock()
    refused = []
    byteCount = 0
  }

  /// Files that no page of a project lists.
  init(lines: [UInt8], at url: [UInt8]) {
    self.url = url
    facts = PageStore.Page(digest: RecordLines.digest(of: lines.span, nil))
    kept = nil
    self.lines = []
    parsed = BlockParser.ofPages.parse(lines.span)
    refused = []
    byteCount = 0
  }
}
