import IndexPipeline
import IndexRendering
import IndexTransport

/// Reads the pages that belong together, and compares each with what a manifest says of it.
struct PageCollector {
  let tree: any PublishedTree
  /// The digests of the pages that a manifest lists; nil without a manifest.
  let digests: [[UInt8]: PageDigest]?
  private(set) var outcome = Verification()
  /// The pages of the simple API and of the legacy API, and the web pages, by path.
  private(set) var pages: [[UInt8]: ServedPage] = [:]

  init(_ tree: any PublishedTree, _ digests: [[UInt8]: PageDigest]?) {
    self.tree = tree
    self.digests = digests
  }

  /// Reads a page.
  ///
  /// - Parameter isExpected: Whether it must be there.
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  mutating func read(
    _ path: [UInt8],
    as form: PageForm = .html,
    isExpected: Bool = true
  ) async throws {
    switch try await tree.page(at: path, as: form) {
    case .missing:
      if digests?[path] != nil {
        outcome.findings.append(
          Finding(code: "lost-page", path, "the manifest lists this page, and it is not there")
        )
      } else if isExpected {
        outcome.findings.append(Finding(code: "lost-page", path, "there is no such page"))
      }
    case .unservable(let reason):
      outcome.findings.append(Finding(code: "unservable-page", path, reason))
    case .page(let page):
      outcome.pageCount += 1
      compare(page, at: path)
      if page.isServed { checkAnswer(page, at: path) }
      // Lists of records are large, and have no links.
      if !path.hasPrefix("larder/"), !path.hasSuffix("packages.json") { pages[path] = page }
    }
  }

  /// Reads the JSON form of a project's page where the server chooses the form by what is asked for.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  mutating func readNegotiated(_ folder: [UInt8]) async throws {
    guard case .page(let page) = try await tree.page(at: folder, as: .json) else { return }
    let type = Array((page.contentType ?? "").utf8)
    guard type.starts(with: "application/vnd.pypi.simple.v1+json".utf8) else { return }
    outcome.pageCount += 1
    pages[folder + "index.v1_json".utf8] = page
  }

  private mutating func compare(_ page: ServedPage, at path: [UInt8]) {
    guard let digests, path.last != UInt8(ascii: "/"), !path.elementsEqual(Manifest.path.utf8)
    else {
      return
    }
    guard let digest = digests[path] else {
      let message = "the manifest does not list this page: it is left over, or somebody else's"
      outcome.findings.append(Finding(code: "unlisted-page", path, message))
      return
    }
    if PageDigest(page.bytes.span) == digest { return }
    let message =
      page.bytes.isEmpty
      ? "it is empty" : "its \(page.bytes.count) bytes are not those that were published"
    outcome.findings.append(Finding(code: "changed-page", path, message))
  }

  private mutating func checkAnswer(_ page: ServedPage, at path: [UInt8]) {
    let type = Array((page.contentType ?? "").utf8.prefix { $0 != UInt8(ascii: ";") }).shown
    if let expected = Self.types(of: path), !expected.contains(type.lowercased()) {
      let said = type.isEmpty ? "no content type" : "the content type \(type)"
      let message = "the server gives it \(said), not \(expected[0])"
      outcome.findings.append(Finding(code: "wrong-content-type", path, message))
    }
    guard path.hasPrefix("simple/") || path.last == UInt8(ascii: "/") else { return }
    let field = Array((page.cacheControl ?? "").utf8)
    if let seconds = Self.maxAge(field[...]), seconds > Self.longest {
      let message = "caches may keep it for \(seconds) seconds, and pip then sees no new release"
      outcome.findings.append(Finding(.warning, code: "long-cache", path, message))
    }
  }

  /// The longest time, in seconds, that caches should keep a page of the simple API; PyPI's.
  private static let longest = 600

  /// The content types that a page may have; nil if any will do.
  private static func types(of path: [UInt8]) -> [String]? {
    if path.hasSuffix("index.v1_json") { return ["application/vnd.pypi.simple.v1+json"] }
    if path.hasSuffix("/json") { return ["application/json"] }
    if path.hasSuffix(".html") || path.last == UInt8(ascii: "/") {
      return ["text/html", "application/vnd.pypi.simple.v1+html"]
    }
    return nil
  }

  /// The seconds of `max-age` in a `Cache-Control` field.
  private static func maxAge(_ field: ArraySlice<UInt8>) -> Int? {
    for part in field.split(separator: UInt8(ascii: ",")) {
      let part = part.filter { $0 != 0x20 }.map { $0 | 0x20 }
      guard part.starts(with: "max-age=".utf8) else { continue }
      return Int(part.dropFirst(8).shown)
    }
    return nil
  }
}

extension Sequence<UInt8> {
  /// The text for messages.
  var shown: String { String(decoding: Array(self), as: UTF8.self) }
}
