import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Reads pages of the simple API, in the form that the server chose.
struct PageReader: Sendable {
  /// Which form is asked for.
  enum Form: Sendable {
    case any, html, json
  }

  let form: Form
  /// What messages call the source.
  let title: String

  /// What is asked for.
  var accept: String {
    switch form {
    case .any: Fetcher.accept
    case .html: "application/vnd.pypi.simple.v1+html, text/html;q=0.9"
    case .json: "application/vnd.pypi.simple.v1+json"
    }
  }

  /// Reads the page of a project.
  ///
  /// - Throws: `StageFailure` if it is none, or none in full.
  func read(_ response: HTTPResponse, of link: ProjectLink) throws(StageFailure) -> FetchedPage {
    let page = SimplePage(of: link.name, byteCount: response.body.count)
    switch try bodyForm(of: response) {
    case .json:
      try readJSON(response, into: page)
      if !page.isProject { throw notAnIndex(response, nil) }
    case .html:
      let facts = try readHTML(response, into: page, isRoot: false)
      // A page without files is one of a project only if it says so.
      if page.fileCount == 0, facts.meta("pypi:repository-version") == nil,
        !facts.title.starts(with: "Links for ".utf8)
      {
        throw notAnIndex(response, facts)
      }
    case .other: throw notAnIndex(response, nil)
    }
    return FetchedPage(page, response, at: link.url)
  }

  func readJSON(_ response: HTTPResponse, into page: SimplePage) throws(StageFailure) {
    var reader = SimpleJSONReader(base: response.url)
    do throws(JSONError) {
      try reader.read(response.body, into: page)
    } catch {
      throw broken(response, "not a page of the simple API: \(error.message)")
    }
    try check(page, response)
  }

  @discardableResult
  func readHTML(
    _ response: HTTPResponse,
    into page: SimplePage,
    isRoot: Bool
  ) throws(StageFailure) -> PageFacts {
    var reader = SimpleHTMLReader(page, base: response.url, isRoot: isRoot)
    let facts = try visit(response, &reader)
    try take(facts, into: page, response)
    return facts
  }

  /// Takes over what a page says beside its links.
  func take(
    _ facts: PageFacts,
    into page: SimplePage,
    _ response: HTTPResponse
  ) throws(StageFailure) {
    page.apiVersion = facts.meta("pypi:repository-version") ?? []
    let marker = String(decoding: facts.meta("pypi:project-status") ?? [], as: UTF8.self)
    let reason = String(decoding: facts.meta("pypi:project-status-reason") ?? [], as: UTF8.self)
    page.status = ProjectStatus.Marker(rawValue: marker).map { ProjectStatus($0, reason: reason) }
    try check(page, response)
  }

  /// Reads a directory listing in HTML.
  ///
  /// - Throws: `StageFailure` if it is none, or links to a file that nobody can fetch.
  func listing(_ response: HTTPResponse) throws(StageFailure) -> Listing {
    var visitors = VisitorPair(
      PageSurvey(),
      ListingReader(origin: Array("\(response.url.origin)".utf8), path: Array(response.url.path))
    )
    let facts = try visit(response, &visitors)
    var server: ListingServer?
    var isListing = false
    if case .listing(let found) = visitors.first.kind(facts) { (server, isListing) = (found, true) }
    let listing = visitors.second.finish(server: server)
    // A listing that nobody knows is one if something is in it.
    if !isListing, listing.entries.isEmpty { throw notAnIndex(response, facts) }
    for href in listing.unusable where DistributionFilename.isCustomary(href.span) {
      let link = String(decoding: href, as: UTF8.self)
      throw broken(response, "no client can follow its link \"\(link)\"")
    }
    return listing
  }

  /// Shows all links of a page to a visitor.
  ///
  /// - Throws: `StageFailure` if it is not certain that these are all.
  func visit(
    _ response: HTTPResponse,
    _ visitor: inout some LinkVisitor
  ) throws(StageFailure) -> PageFacts {
    let facts: PageFacts
    do throws(MarkupProblem) {
      let contentType = response.field("content-type") ?? ""
      let limits = PageLimits(size: response.body.count)
      var reader = try LinkReader(
        charset: PageCharset(contentType: contentType.utf8Span.span),
        limits: limits
      )
      try reader.feed(response.body.span, &visitor)
      facts = try reader.finish(&visitor)
    } catch {
      throw broken(response, "\(error)")
    }
    if response.framing == .untilClose, !facts.isClosed {
      throw broken(response, "it came without a length and without </html>: it may have been cut")
    }
    return facts
  }

  private func check(_ page: SimplePage, _ response: HTTPResponse) throws(StageFailure) {
    guard page.isTooNew else { return }
    let version = String(decoding: page.apiVersion, as: UTF8.self)
    throw broken(response, "the index speaks version \(version) of the simple API, not 1")
  }
}

// What an answer is.
extension PageReader {
  enum BodyForm {
    case json, html, other
  }

  /// The form of a body, which its first byte tells better than many servers do.
  func bodyForm(of response: HTTPResponse) throws(StageFailure) -> BodyForm {
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let first = response.body.first(where: { !space.contains($0) }) else {
      throw notAnIndex(response, nil)
    }
    if first == UInt8(ascii: "<") { return .html }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .json }
    return response.isHTML ? .html : .other
  }
}
