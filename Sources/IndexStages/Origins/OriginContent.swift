import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// What an answer turned out to be.
enum OriginContent {
  /// The root page of a simple index.
  case root(SimplePage)
  /// A page of files: of one project, or a flat one.
  case files(SimplePage)
  /// A directory listing.
  case listing
  /// A list of names or records.
  case list
}

extension OriginVisit {
  /// Finds out what came.
  ///
  /// - Throws: `StageFailure` if it is nothing of the kind, or lists nothing.
  func content(of response: HTTPResponse) throws(StageFailure) -> OriginContent {
    switch source.shape {
    case .list: return .list
    case .listing: return .listing
    case .findLinks: return .files(try files(response))
    case .detect, .simple, .simpleHTML, .simpleJSON: break
    }
    switch try reader.bodyForm(of: response) {
    case .json: return try jsonContent(of: response)
    case .html: return try htmlContent(of: response)
    case .other:
      if source.shape == .detect, RemoteList.isList(response.body) { return .list }
      throw reader.notAnIndex(response, nil)
    }
  }

  private func jsonContent(of response: HTTPResponse) throws(StageFailure) -> OriginContent {
    if source.shape == .detect {
      if response.body.first == UInt8(ascii: "[") { return .listing }
      if RemoteList.isList(response.body) { return .list }
    }
    let page = SimplePage(of: [])
    try reader.readJSON(response, into: page)
    return try .init(page, or: reader.notAnIndex(response, nil))
  }

  private func htmlContent(of response: HTTPResponse) throws(StageFailure) -> OriginContent {
    let page = SimplePage(of: [])
    let root = SimpleHTMLReader(page, base: response.url, isRoot: true)
    var visitors = VisitorPair(PageSurvey(), root)
    let facts = try reader.visit(response, &visitors)
    try reader.take(facts, into: page, response)
    let isRoot = !page.projects.isEmpty && page.projects.count == facts.linkCount
    switch visitors.first.kind(facts) {
    case .simpleRoot where !page.projects.isEmpty: return .root(page)
    case .other where isRoot: return .root(page)
    case .listing where source.shape == .detect: return .listing
    case .simpleRoot, .simpleProject, .fileLinks, .listing: return .files(try files(response))
    case .other: throw reader.notAnIndex(response, facts)
    }
  }

  private func files(_ response: HTTPResponse) throws(StageFailure) -> SimplePage {
    let page = SimplePage(of: [])
    let facts = try reader.readHTML(response, into: page, isRoot: false)
    if page.fileCount == 0 { throw reader.notAnIndex(response, facts) }
    return page
  }
}

extension OriginContent {
  /// What a page of the simple API in JSON is.
  fileprivate init(
    _ page: SimplePage,
    or failure: @autoclosure () -> StageFailure
  ) throws(StageFailure) {
    if page.isRoot, !page.projects.isEmpty {
      self = .root(page)
    } else if page.fileCount > 0 {
      self = .files(page)
    } else {
      throw failure()
    }
  }
}
