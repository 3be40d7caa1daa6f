import IndexPipeline
import IndexRendering
import IndexTransport

/// Looks at the pages of the whole index.
struct RootVisit {
  private let layout: IndexLayout
  private var collector: PageCollector
  private var links: LinkCheck

  /// What came of it.
  struct Outcome: Sendable {
    var verification = Verification()
    /// The projects that the root pages list, normalized.
    var projects: Set<[UInt8]> = []
    /// The root page that lists them, for messages.
    var path: [UInt8] = []
    /// The relative links of the pages that are no page of the simple API.
    var links: [ResolvedLink] = []
  }

  init(_ layout: IndexLayout, in tree: any PublishedTree, _ holdings: Holdings) {
    self.layout = layout
    collector = PageCollector(tree, holdings.rootDigests, holdings.codings)
    links = LinkCheck(tree, project: [])
  }

  /// Looks at them.
  ///
  /// - Parameter present: Their paths, as far as they are listed.
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func run(_ present: [[UInt8]]) async throws -> Outcome {
    try await read(present)
    var outcome = Outcome(verification: collector.outcome)
    compareForms(&outcome)
    outcome.verification.findings += try await checkNegotiation()
    try await checkOthers(&outcome)
    return outcome
  }

  private mutating func read(_ present: [[UInt8]]) async throws {
    let listed = collector.digests.map { Array($0.keys) } ?? []
    for path in Set(listed + present).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try await collector.read(path)
    }
    let hasJSON = collector.pages.keys.contains(jsonPath)
    if !collector.pages.keys.contains(htmlPath), !collector.pages.keys.contains(layout.simple) {
      try await collector.read(layout.simple, isExpected: !hasJSON)
    }
    if !collector.pages.keys.contains(jsonPath) { try await collector.read(jsonPath) }
  }

  /// Looks whether caches are told that the answer depends on what is asked for, if it does.
  private func checkNegotiation() async throws -> [Finding] {
    let (tree, path) = (collector.tree, layout.simple)
    guard tree.isWeb, case .page(let html) = try await tree.page(at: path, as: .html),
      case .page(let json) = try await tree.page(at: path, as: .json),
      html.isCalledJSON != json.isCalledJSON
    else { return [] }
    let fields = (json.vary ?? "").utf8.map { $0 | 0x20 }.split(separator: UInt8(ascii: ","))
    let names = fields.map { $0.filter { $0 > 0x20 } }
    if names.contains(where: { $0.elementsEqual("accept".utf8) || $0.elementsEqual("*".utf8) }) {
      return []
    }
    let message = "the server has HTML and JSON there, and does not say so by Vary: Accept"
    return [Finding(.warning, code: "no-vary", path, message)]
  }

  private var htmlPath: [UInt8] { layout.simple + "index.html".utf8 }
  private var jsonPath: [UInt8] { layout.simple + "index.v1_json".utf8 }

  /// Takes the projects that the root pages list, and compares the two forms.
  private func compareForms(_ outcome: inout Outcome) {
    let path = collector.pages.keys.contains(htmlPath) ? htmlPath : layout.simple
    let html = collector.pages[path].map {
      RootListing(html: $0.bytes, at: path, layout, in: collector.tree)
    }
    let json = collector.pages[jsonPath].map { RootListing(json: $0.bytes, at: jsonPath) }
    outcome.path = html == nil ? jsonPath : path
    for listing in [html, json].compactMap(\.self) {
      outcome.verification.findings += listing.findings
      outcome.projects.formUnion(listing.names)
    }
    guard let html, let json else { return }
    for name in html.names.symmetricDifference(json.names) {
      let message = "only one of the two forms of the root page lists \"\(name.shown)\""
      outcome.verification.findings.append(Finding(code: "forms-disagree", path, message))
    }
  }

  private mutating func checkOthers(_ outcome: inout Outcome) async throws {
    // The page for what is not found is shown at any path, and has links that fit all of them.
    let others = collector.pages.keys.filter { path in
      path.hasSuffix(".html") && !path.starts(with: layout.simple) && !path.hasSuffix("404.html")
    }
    if layout.isWhole {
      for path in others.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        guard let page = collector.pages[path] else { continue }
        outcome.links += try await links.checkWebPage(page.bytes, at: path)
      }
    }
    outcome.verification.add(links.outcome)
    outcome.verification.findings += ChangelogChain(outcome.links, in: collector.tree)
      .findings(others)
    if layout.isWhole, !collector.tree.isWeb, collector.pages[Array("404.html".utf8)] == nil {
      let message = "without it, some servers answer 200 with the home page for any path"
      outcome.verification.findings.append(
        Finding(.warning, code: "no-not-found-page", Array("404.html".utf8), message)
      )
    }
  }
}

/// Tells pages of the changelog that were left over: each is linked from the one before.
struct ChangelogChain {
  private let reached: Set<[UInt8]>

  init(_ links: [ResolvedLink], in tree: any PublishedTree) {
    let first = Array("changelog/page1.html".utf8)
    let next = Dictionary(grouping: links, by: \.page)
    var (reached, waiting) = (Set([first]), [first])
    while let page = waiting.popLast() {
      for link in next[page] ?? [] {
        guard case .inside(let path) = tree.target(of: link.url, on: []), path != page else {
          continue
        }
        if path.hasPrefix("changelog/"), reached.insert(path).inserted { waiting.append(path) }
      }
    }
    self.reached = reached
  }

  /// What is wrong with the pages that are there.
  func findings(_ pages: [[UInt8]]) -> [Finding] {
    pages.filter { $0.hasPrefix("changelog/") && !reached.contains($0) }.map {
      let message = "no page links to this page of the changelog: it is left over"
      return Finding(code: "unlisted-page", $0, message)
    }
  }
}
