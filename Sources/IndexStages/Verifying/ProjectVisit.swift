import IndexModel
import IndexRendering
import IndexTransport
import StrictJSON

/// Looks at all pages of one project.
struct ProjectVisit {
  let layout: IndexLayout
  let name: [UInt8]
  private var collector: PageCollector
  private let checksPaths: [[UInt8]]
  private var links: LinkCheck

  /// What came of it.
  struct Outcome: Sendable {
    let name: [UInt8]
    let verification: Verification
    /// Whether the simple API has a page of the project.
    let hasPage: Bool
  }

  /// - Parameters:
  ///   - present: The paths of its pages, as far as they are listed; nil if nobody lists them.
  ///   - digests: The digests of those that a manifest lists; nil without a manifest.
  init(
    of name: [UInt8],
    _ layout: IndexLayout,
    in tree: any PublishedTree,
    present: [[UInt8]]?,
    digests: [[UInt8]: PageDigest]?
  ) {
    self.layout = layout
    self.name = name
    collector = PageCollector(tree, digests)
    links = LinkCheck(tree, project: name)
    let listed = digests.map { Array($0.keys) } ?? []
    let folder = layout.folder(of: name)
    let others =
      present ?? (digests == nil ? layout.customaryPages(of: name) : [folder])
    checksPaths = Set(listed + others).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Looks at them.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func run() async throws -> Outcome {
    for path in checksPaths {
      let form = path.hasSuffix("json") ? PageForm.json : .html
      try await collector.read(path, as: form, isExpected: false)
    }
    let folder = layout.folder(of: name)
    if collector.tree.isWeb, collector.pages[folder + "index.v1_json".utf8] == nil {
      try await collector.readNegotiated(folder)
    }
    let html = collector.pages[folder + "index.html".utf8] ?? collector.pages[folder]
    let json = collector.pages[folder + "index.v1_json".utf8]
    var outcome = collector.outcome
    let path =
      collector.pages[folder + "index.html".utf8] == nil ? folder : folder + "index.html".utf8
    var listings = SimpleListings(folder: folder, htmlPath: path)
    listings.read(html: html?.bytes, json: json?.bytes, of: name)
    outcome.findings += listings.findings
    for listing in listings.all { try await links.check(listing) }
    for (path, page) in collector.pages.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if path.hasPrefix("pypi/") {
        try await links.checkLegacy(page.bytes, at: path)
      } else if path.hasPrefix("project/") {
        try await links.checkWebPage(page.bytes, at: path)
      }
    }
    outcome.add(links.outcome)
    return Outcome(name: name, verification: outcome, hasPage: html != nil || json != nil)
  }
}

/// The two forms of a project's simple page, and how they agree.
struct SimpleListings {
  /// The files of one form.
  struct Listing {
    let path: [UInt8]
    let bytes: [UInt8]
    let base: [UInt8]?
    let files: [ListedFile]
  }

  private let folder: [UInt8]
  private let htmlPath: [UInt8]
  private(set) var all: [Listing] = []
  private(set) var findings: [Finding] = []

  init(folder: [UInt8], htmlPath: [UInt8]) {
    self.folder = folder
    self.htmlPath = htmlPath
  }

  mutating func read(html: [UInt8]?, json: [UInt8]?, of name: [UInt8]) {
    if let html {
      do throws(MarkupProblem) {
        let page = try ListedHTML(html)
        let files = page.files.filter(\.isFile)
        all.append(Listing(path: htmlPath, bytes: html, base: page.base, files: files))
      } catch {
        findings.append(Finding(code: "damaged-page", htmlPath, "it cannot be read: \(error)"))
      }
    }
    if let json { read(json: json, of: name) }
    if all.count == 2, html != nil { findings += FormComparison(all[0], all[1]).findings }
  }

  private mutating func read(json: [UInt8], of name: [UInt8]) {
    let path = folder + "index.v1_json".utf8
    do throws(JSONError) {
      let page = try ListedJSON(json)
      guard let files = page.files else {
        findings.append(Finding(code: "damaged-page", path, "it has no array \"files\""))
        return
      }
      if page.name != name {
        let said = page.name.map { "\"\($0.shown)\"" } ?? "no project"
        let message = "it is the page of \(said), in the folder of \"\(name.shown)\""
        findings.append(Finding(code: "strayed-file", path, message))
      }
      all.append(Listing(path: path, bytes: json, base: nil, files: files))
    } catch {
      let line = SourceLocation(of: error.range.lowerBound, in: json.span).line
      findings.append(
        Finding(code: "damaged-page", path, line: line, "it cannot be read: \(error.message)")
      )
    }
  }
}

extension ListedFile {
  /// Whether a link may be one to a distribution: pages of other indexes have others too.
  fileprivate var isFile: Bool {
    var last: [UInt8] = []
    let start = href.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    last.append(percentDecoding: href[start...])
    return DistributionFilename.isCustomary(filename.span)
      || DistributionFilename.isCustomary(last.span)
  }
}
