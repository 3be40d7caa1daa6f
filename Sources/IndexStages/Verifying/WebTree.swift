import IndexPipeline
import IndexTransport

/// An index that a web server or a bucket gives.
struct WebTree: PublishedTree {
  static let connections = 16

  let isWeb = true
  let width = WebTree.connections
  private let site: WebSite
  /// What is answered for a path that nobody has.
  private let unknown: HTTPResponse?

  /// Asks the server for something that is not there, to know that answer again.
  ///
  /// - Throws: `StageFailure` if it does not answer.
  init(_ site: WebSite) async throws {
    self.site = site
    unknown = try await site.ask(Array("larder-verify-asks-for-no-page".utf8))
  }

  var base: HTTPURL { site.base }

  var name: String { base.text }

  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage {
    guard let response = try await site.ask(path, accept: form.accept),
      !isMissing(response, at: path)
    else { return .missing }
    guard 200..<300 ~= response.status else {
      return .unservable("the server answers \(response.status)")
    }
    return .page(
      ServedPage(
        bytes: response.body,
        contentType: response.field("content-type"),
        cacheControl: response.field("cache-control"),
        vary: response.field("vary"),
        isServed: true
      )
    )
  }

  /// Whether an answer says that nothing is there, as servers do that say otherwise than 404.
  private func isMissing(_ response: HTTPResponse, at path: [UInt8]) -> Bool {
    if response.status == 404 || response.status == 410 { return true }
    guard let unknown, unknown.status == response.status else { return false }
    if unknown.status >= 400 { return true }
    // Some show the home page for any path, and for its own too.
    return unknown.body == response.body && !path.isEmpty && !path.elementsEqual("index.html".utf8)
  }

  func covers(_ path: [UInt8]) -> Bool { true }

  func file(at path: [UInt8]) async throws -> ServedFile? {
    guard let response = try await site.ask(path, .head) else { return nil }
    // Some servers know no HEAD of what they have.
    let refusesHead = response.status == 405 || response.status == 501
    if response.status >= 400, !refusesHead { return nil }
    return ServedFile(size: response.field("content-length").flatMap { Int($0) })
  }

  func digest(of path: [UInt8], _ algorithm: DigestAlgorithm) async throws -> String? { nil }

  func listing() async throws -> TreeListing? {
    guard let list = site.list else { return nil }
    // A key that ends as a folder is the page that the folder shows.
    let paths = try await list().map { path in
      path.last == UInt8(ascii: "/") ? path + "index.html".utf8 : path
    }
    return TreeListing(paths: Array(Set(paths)))
  }

  func status(of path: [UInt8]) async throws -> Int? {
    try await site.ask(path, accept: PageForm.html.accept)?.status
  }
}

extension PageForm {
  /// What installers ask for who want this form.
  var accept: String {
    switch self {
    case .html: "application/vnd.pypi.simple.v1+html, text/html;q=0.9, */*;q=0.1"
    case .json: "application/vnd.pypi.simple.v1+json, */*;q=0.1"
    }
  }
}
