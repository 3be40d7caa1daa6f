import IndexRendering
import IndexTransport

/// Looks at all pages of one project.
struct ProjectVisit {
  let layout: IndexLayout
  let name: [UInt8]
  private var collector: PageCollector
  private let paths: [[UInt8]]
  private var links: LinkCheck

  /// What came of it.
  struct Outcome: Sendable {
    let name: [UInt8]
    let verification: Verification
    /// Whether the simple API has a page of the project.
    let hasPage: Bool
    let urls: FileURLs
  }

  init(of name: [UInt8], _ layout: IndexLayout, in tree: any PublishedTree, _ holdings: Holdings) {
    self.layout = layout
    self.name = name
    let digests = holdings.digests(of: name)
    let present = holdings.paths(of: name)
    collector = PageCollector(tree, digests, holdings.codings)
    links = LinkCheck(tree, project: name)
    let listed = digests.map { Array($0.keys) } ?? []
    let folder = layout.folder(of: name)
    let others =
      present ?? (digests == nil ? layout.customaryPages(of: name) : [folder])
    paths = Set(listed + others).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Looks at them.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func run() async throws -> Outcome {
    for path in paths { try await collector.read(path) }
    let folder = layout.folder(of: name)
    if collector.tree.isWeb, collector.pages[folder + "index.v1_json".utf8] == nil {
      try await collector.readNegotiated(folder)
    }
    let htmlPath = [folder + "index.html".utf8, folder].first { collector.pages[$0] != nil }
    let html = htmlPath.flatMap { collector.pages[$0] }
    let json = collector.pages[folder + "index.v1_json".utf8]
    var outcome = collector.outcome
    var listings = SimpleListings(folder: folder, htmlPath: htmlPath ?? folder)
    listings.read(html: html?.bytes, json: json?.bytes, of: name)
    outcome.findings += listings.findings
    var urls = FileURLs()
    for listing in listings.all {
      try await links.check(listing)
      urls.add(listing, in: collector.tree)
    }
    outcome.findings += urls.findings(try await checkOthers())
    outcome.add(links.outcome)
    let hasPage = html != nil || json != nil
    return Outcome(name: name, verification: outcome, hasPage: hasPage, urls: urls)
  }

  /// Checks the pages that are none of the simple API, and gives their relative links.
  private mutating func checkOthers() async throws -> [ResolvedLink] {
    guard layout.isWhole else { return [] }
    var found: [ResolvedLink] = []
    for (path, page) in collector.pages.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if path.hasPrefix("pypi/") {
        found += try await links.checkLegacy(page.bytes, at: path)
      } else if path.hasPrefix("project/") {
        found += try await links.checkWebPage(page.bytes, at: path)
      }
    }
    return found
  }
}
