import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// A list of names or records that came over HTTP.
struct RemoteList {
  let fetcher: Fetcher
  let badLines: BadLinePolicy
  /// Where files are that the list gives no URL of.
  let fileURL: URLTemplate?

  /// Adds the records of a list, with URLs that are absolute.
  func read(_ response: HTTPResponse, into output: inout SourceOutput) throws(StageFailure) {
    let place = response.url.text
    let format = Self.format(of: response.body)
    let parser = BlockParser(format: format, badLines: badLines)
    let parsed = parser.parse(response.body.span)
    for bad in parsed.problems {
      try output.handle(bad, at: place, badLines, title: fetcher.title)
    }
    for line in parsed.linesWithBadDigests {
      output.warn("\(place):\(line): a digest that no installer could use was left out")
    }
    output.byteCount += response.body.count
    output.append(try located(parsed.batch, response.url))
  }

  /// Whether an answer could be a list, as its first line tells.
  static func isList(_ body: [UInt8]) -> Bool {
    let line = body.prefix { $0 != UInt8(ascii: "\n") }
    return BlockParser(format: format(of: body), badLines: .fail).parse(line.span)
      .problems.isEmpty
  }

  private static func format(of body: [UInt8]) -> ListFormat {
    body.first == UInt8(ascii: "{") ? .jsonl : .list
  }

  /// The records with absolute URLs: relative ones start at the page of their project.
  private func located(
    _ batch: RecordBatch,
    _ list: HTTPURL
  ) throws(StageFailure) -> RecordBatch {
    var (text, urls) = (batch.text, [TextRange]())
    let root = Self.root(of: list)
    var url = ByteBuffer()
    for record in batch.records {
      let view = RecordView(record, in: batch)
      let start = text.count
      if view.facts.url.isEmpty {
        url.removeAll()
        if let fileURL, fileURL.fill(view, into: &url) == nil { text.append(contentsOf: url.span) }
      } else {
        let page = ProjectLink(view.projectBytes, below: root)
        let base = try fetcher.url(page.url)
        _ = base.appendResolved(view.bytes(view.facts.url), to: &text)
      }
      urls.append(TextRange(start..<text.count))
    }
    var lines = ByteBuffer()
    for (record, url) in zip(batch.records, urls) {
      var facts = batch.facts(of: record)
      facts.url = url
      let filename = text.span[record.filename]
      RecordEncoder.append(filename: filename, facts: facts, text: text.span, to: &lines)
    }
    do throws(RecordProblem) {
      return try RecordBatch(jsonLines: lines.span)
    } catch {
      throw StageFailure(.data, code: error.code, "\(fetcher.title): \(list): \(error.message)")
    }
  }

  /// `simple/` of the index that a list is part of.
  private static func root(of list: HTTPURL) -> HTTPURL {
    let folders = list.path.split(separator: UInt8(ascii: "/")).dropLast()
    let isOfTree = folders.last?.elementsEqual("larder".utf8) == true
    let reference = Array((isOfTree ? "../simple/" : "simple/").utf8)
    return list.resolving(reference.span) ?? list
  }
}

extension RecordView {
  fileprivate var projectBytes: [UInt8] {
    var project: [UInt8] = []
    appendProject(to: &project)
    return project
  }
}
