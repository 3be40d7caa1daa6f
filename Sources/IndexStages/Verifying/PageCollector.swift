import IndexPipeline
import IndexRendering
import IndexTransport

/// Reads the pages that belong together, and compares each with what a manifest says of it.
struct PageCollector {
  let tree: any PublishedTree
  /// The digests of the pages that a manifest lists; nil without a manifest.
  let digests: [[UInt8]: PageDigest]?
  /// In which codings a manifest says that pages have copies.
  private let codings: [ContentCoding]
  private(set) var outcome = Verification()
  /// The pages of the simple API and of the legacy API, and the web pages, by path.
  private(set) var pages: [[UInt8]: ServedPage] = [:]

  init(
    _ tree: any PublishedTree,
    _ digests: [[UInt8]: PageDigest]?,
    _ codings: [ContentCoding]
  ) {
    self.tree = tree
    self.digests = digests
    self.codings = codings
  }

  /// Reads a page; on the web also the folder that shows it, which is what readers ask for.
  ///
  /// - Parameter isExpected: Whether it must be there, also if no manifest lists it.
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  mutating func read(_ path: [UInt8], isExpected: Bool = false) async throws {
    let isThere = try await take(path)
    let isPageOfFolder = path.hasSuffix("/index.html")
    guard tree.isWeb, isPageOfFolder else {
      if !isThere { noteMissing(path, isExpected) }
      return
    }
    let folder = Array(path.dropLast("index.html".utf8.count))
    let part = Array(path.prefix { $0 != UInt8(ascii: "/") })
    switch (isThere, try await take(folder)) {
    case (true, true): outcome.places[part, default: FolderPlaces()].bothCount += 1
    case (true, false): outcome.places[part, default: FolderPlaces()].unshown.append(folder)
    case (false, true): outcome.places[part, default: FolderPlaces()].shownOnly.append(path)
    case (false, false): noteMissing(path, isExpected)
    }
  }

  private mutating func noteMissing(_ path: [UInt8], _ isExpected: Bool) {
    if digests?[path] != nil {
      let message = "the manifest lists this page, and it is not there"
      outcome.findings.append(Finding(code: "lost-page", path, message))
    } else if isExpected {
      outcome.findings.append(Finding(code: "lost-page", path, "there is no such page"))
    }
  }

  /// Takes what is at a path; gives whether something is there.
  private mutating func take(_ path: [UInt8]) async throws -> Bool {
    switch try await tree.page(at: path, as: PageForm(of: path)) {
    case .missing: return false
    case .unservable(let reason):
      outcome.findings.append(Finding(code: "unservable-page", path, reason))
    case .page(let page):
      outcome.pageCount += 1
      compare(page, at: path)
      try await checkCopies(of: page, at: path)
      if page.isServed { outcome.findings += ServerAnswer(page, at: path).findings }
      keep(page, at: path)
    }
    return true
  }

  /// Looks whether compressed copies of a page are what the page is.
  private mutating func checkCopies(of page: ServedPage, at path: [UInt8]) async throws {
    let copies = try await tree.copies(of: path)
    for copy in copies where try !copy.coding.expands(copy.bytes, to: page.bytes) {
      let message = "it is not a copy of its page: servers that send it answer something else"
      outcome.findings.append(Finding(code: "stale-copy", path + copy.coding.ending, message))
    }
    // A server shows its copies to those who take their codings, and not by their names.
    guard !page.isServed, !codings.isEmpty, ContentCoding.pageSizes.contains(page.bytes.count),
      ContentCoding.isMeant(forPageAt: path.span)
    else { return }
    for coding in codings where !copies.contains(where: { $0.coding == coding }) {
      let message = "the manifest tells of this copy, and it is not there"
      outcome.findings.append(
        Finding(.warning, code: "lost-copy", path + coding.ending, message)
      )
    }
  }

  private mutating func keep(_ page: ServedPage, at path: [UInt8]) {
    // Lists of records are large, and have no links.
    if path.hasSuffix(".jsonl") || path.hasSuffix("packages.json") { return }
    let isJSONOfFolder = path.last == UInt8(ascii: "/") && page.isCalledJSON
    pages[isJSONOfFolder ? path + "index.v1_json".utf8 : path] = page
  }

  /// Reads the JSON form of a project's page where the server chooses the form by what is asked for.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  mutating func readNegotiated(_ folder: [UInt8]) async throws {
    guard case .page(let page) = try await tree.page(at: folder, as: .json), page.isCalledJSON
    else { return }
    outcome.pageCount += 1
    pages[folder + "index.v1_json".utf8] = page
  }

  private mutating func compare(_ page: ServedPage, at path: [UInt8]) {
    guard let digests, !path.elementsEqual(Manifest.path.utf8) else { return }
    let isFolder = path.last == UInt8(ascii: "/")
    // What a folder shows is one of its two pages.
    let names = isFolder ? [page.isCalledJSON ? "index.v1_json" : "index.html"] : [""]
    guard let digest = names.compactMap({ digests[path + $0.utf8] }).first else {
      let message = "the manifest does not list this page: it is left over, or somebody else's"
      outcome.findings.append(Finding(code: "unlisted-page", path, message))
      return
    }
    if PageDigest(page.bytes.span) == digest { return }
    let message = "its \(page.bytes.count) bytes are not those that \(Manifest.path) tells of"
    outcome.findings.append(Finding(code: "changed-page", path, message))
  }
}

extension Sequence<UInt8> {
  /// The text for messages.
  var shown: String { String(decoding: Array(self), as: UTF8.self) }
}
