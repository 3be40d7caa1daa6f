import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

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

    mutating func add(_ finding: Finding) { verification.findings.append(finding) }
  }

  init(_ layout: IndexLayout, in tree: any PublishedTree, _ digests: [[UInt8]: PageDigest]?) {
    self.layout = layout
    collector = PageCollector(tree, digests)
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
    try await checkOthers(&outcome)
    return outcome
  }

  private mutating func read(_ present: [[UInt8]]) async throws {
    let listed = collector.digests.map { Array($0.keys) } ?? []
    for path in Set(listed + present).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try await collector.read(path, as: path.hasSuffix("json") ? .json : .html)
    }
    let hasJSON = collector.pages.keys.contains(jsonPath)
    if !collector.pages.keys.contains(htmlPath) {
      try await collector.read(layout.simple, isExpected: !hasJSON)
    }
    if !hasJSON { try await collector.read(jsonPath, as: .json, isExpected: false) }
  }

  private var htmlPath: [UInt8] { layout.simple + "index.html".utf8 }
  private var jsonPath: [UInt8] { layout.simple + "index.v1_json".utf8 }

  /// Takes the projects that the root pages list, and compares the two forms.
  private func compareForms(_ outcome: inout Outcome) {
    outcome.path = collector.pages.keys.contains(htmlPath) ? htmlPath : layout.simple
    let first = collector.pages[outcome.path].map { htmlNames($0.bytes, &outcome) }
    let second = collector.pages[jsonPath].map { jsonNames($0.bytes, &outcome) }
    outcome.projects = (first ?? []).union(second ?? [])
    guard let first, let second else { return }
    for name in first.symmetricDifference(second) {
      let message = "only one of the two forms of the root page lists \"\(name.shown)\""
      outcome.add(Finding(code: "forms-disagree", outcome.path, message))
    }
  }

  private mutating func checkOthers(_ outcome: inout Outcome) async throws {
    // The page for what is not found is shown at any path, and has links that fit all of them.
    let others = collector.pages.keys.filter { path in
      path.hasSuffix(".html") && !path.hasPrefix("simple/") && !path.hasSuffix("404.html")
    }
    for path in others {
      if let page = collector.pages[path] { try await links.checkWebPage(page.bytes, at: path) }
    }
    outcome.verification.add(links.outcome)
    if layout.isWhole, !collector.tree.isWeb, collector.pages[Array("404.html".utf8)] == nil {
      let message = "without it, some servers answer 200 with the home page for any path"
      outcome.add(
        Finding(.warning, code: "no-not-found-page", Array("404.html".utf8), message)
      )
    }
  }

  private func htmlNames(_ page: [UInt8], _ outcome: inout Outcome) -> Set<[UInt8]> {
    let links: [ListedHTML.Project]
    do throws(MarkupProblem) {
      links = try ListedHTML(page).projects
    } catch {
      let message = "it cannot be read: \(error)"
      outcome.add(Finding(code: "damaged-page", outcome.path, message))
      return []
    }
    var names: Set<[UInt8]> = []
    var longLinks = 0
    for link in links {
      guard let found = name(in: link, on: outcome.path) else {
        let message = "the link of \"\(link.text.shown)\" leads to no project: \(link.href.shown)"
        outcome.add(Finding(code: "bad-link", outcome.path, message))
        continue
      }
      if found.isLong { longLinks += 1 }
      if !ProjectName.isNormalized(found.name.span) {
        let message = "a link leads to \(link.href.shown), which is not normalized"
        outcome.add(Finding(code: "unnormalized-name", outcome.path, message))
      }
      if !names.insert(found.name).inserted {
        let message = "\"\(found.name.shown)\" is listed twice"
        outcome.add(Finding(code: "listed-twice", outcome.path, message))
      }
    }
    if longLinks > 0 {
      let message = "\(longLinks) of \(links.count) links name index.html after the project"
      outcome.add(Finding(code: "root-link", outcome.path, message))
    }
    return names
  }

  /// The folder that a link of the root page leads to, if it is that of the project it names.
  private func name(
    in link: ListedHTML.Project,
    on page: [UInt8]
  ) -> (name: [UInt8], isLong: Bool)? {
    guard case .inside(let path) = collector.tree.target(of: link.href, on: page) else {
      return nil
    }
    guard path.starts(with: layout.simple) else { return nil }
    var target = Array(path[layout.simple.count...])
    let isLong = target.hasSuffix("/index.html")
    if isLong { target.removeLast("index.html".utf8.count) }
    if target.last == UInt8(ascii: "/") { target.removeLast() }
    var (text, folder): ([UInt8], [UInt8]) = ([], [])
    let label = link.text.filter { $0 > 0x20 }
    ProjectName.appendNormalized(label.span, to: &text)
    ProjectName.appendNormalized(target.span, to: &folder)
    guard !target.isEmpty, !target.contains(UInt8(ascii: "/")), text == folder else { return nil }
    return (target, isLong)
  }

  private func jsonNames(
    _ page: [UInt8],
    _ outcome: inout Outcome
  ) -> Set<[UInt8]> {
    let path = jsonPath
    let projects: [[UInt8]]?
    do throws(JSONError) {
      projects = try ListedJSON(page).projects
    } catch {
      let line = SourceLocation(of: error.range.lowerBound, in: page.span).line
      let message = "it cannot be read: \(error.message)"
      outcome.add(Finding(code: "damaged-page", path, line: line, message))
      return []
    }
    if projects == nil {
      outcome.add(Finding(code: "damaged-page", path, "it has no array \"projects\""))
    }
    var names: Set<[UInt8]> = []
    for project in projects ?? [] {
      var normalized: [UInt8] = []
      ProjectName.appendNormalized(project.span, to: &normalized)
      if names.insert(normalized).inserted { continue }
      outcome.add(Finding(code: "listed-twice", path, "\"\(project.shown)\" is listed twice"))
    }
    return names
  }
}
