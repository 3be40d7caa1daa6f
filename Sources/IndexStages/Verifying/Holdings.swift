import IndexPipeline
import IndexRendering
import IndexTransport

/// What is in a tree, as far as it can be told without reading the pages.
struct Holdings: Sendable {
  /// The digests that a manifest has, by project; nil without a manifest.
  private(set) var digests: [[UInt8]: [[UInt8]: PageDigest]]?
  /// The digests of the pages of no project; nil without a manifest.
  private(set) var rootDigests: [[UInt8]: PageDigest]?
  /// In which codings a manifest says that pages have copies.
  private(set) var codings: [ContentCoding] = []
  /// The paths of pages, by project; nil if nobody lists them.
  private var present: [[UInt8]: [[UInt8]]]?
  /// The paths of pages of no project, without that of the manifest.
  private(set) var rootPaths: [[UInt8]] = []

  /// Knows nothing.
  init() {}

  /// Looks at a tree.
  ///
  /// - Throws: `StageFailure` if it cannot be read.
  init(of tree: any PublishedTree, _ result: inout Verification) async throws {
    let path = Array(Manifest.path.utf8)
    var manifest: [UInt8]?
    switch try await tree.page(at: path, as: .json) {
    case .missing: break
    case .unservable(let reason):
      result.findings.append(Finding(code: "unservable-page", path, reason))
    case .page(let page):
      manifest = page.bytes
      result.hasManifest = true
      read(page.bytes, &result)
    }
    guard let listing = try await tree.listing() else { return }
    var present: [[UInt8]: [[UInt8]]] = [:]
    result.findings += listing.closed.map { Finding(code: "unservable-page", $0.path, $0.reason) }
    for path in listing.empty where path.hasPrefix("simple/") {
      let message = "nothing is in it; servers answer 403 for it, at which uv stops, not 404"
      result.findings.append(Finding(code: "empty-folder", path, message))
    }
    result.findings += Self.unlisted(listing)
    for path in listing.paths where !path.elementsEqual(Manifest.path.utf8) {
      if path == PublicationIntent.path, try await Self.isOver(tree, with: manifest) { continue }
      switch PagePath(path.span) {
      case .project(let name): present[Array(path[name]), default: []].append(path)
      case .root: rootPaths.append(path)
      case .foreign: break
      }
    }
    self.present = present
  }

  /// What is wrong with compressed copies that have no page.
  private static func unlisted(_ listing: TreeListing) -> [Finding] {
    if listing.copies.isEmpty { return [] }
    let pages = Set(listing.paths)
    return listing.copies.compactMap { path in
      guard let page = ContentCoding.copy(at: path)?.page, !pages.contains(page) else { return nil }
      return Finding(code: "unlisted-copy", path, "it is the copy of a page that is not there")
    }
  }

  /// Whether the publication is over that a place tells of.
  private static func isOver(
    _ tree: any PublishedTree,
    with manifest: [UInt8]?
  ) async throws -> Bool {
    guard case .page(let page) = try await tree.page(at: PublicationIntent.path, as: .json) else {
      return false
    }
    return PublicationIntent(reading: page.bytes).isOver(with: manifest)
  }

  private mutating func read(_ bytes: [UInt8], _ result: inout Verification) {
    let path = Array(Manifest.path.utf8)
    do throws(Manifest.Problem) {
      let manifest = try Manifest(bytes)
      guard manifest.isIntact else {
        let message = "it is not as it was written: its own digest is another"
        result.findings.append(Finding(code: "damaged-manifest", path, message))
        return
      }
      rootDigests = Self.dictionary(try manifest.pagesOfIndex)
      var digests: [[UInt8]: [[UInt8]: PageDigest]] = [:]
      for (number, name) in manifest.projectNames.enumerated() {
        digests[name] = Self.dictionary(try manifest.pages(ofProjectAt: number))
      }
      self.digests = digests
      codings = manifest.codings
    } catch {
      (digests, rootDigests) = (nil, nil)
      result.findings.append(Finding(code: "damaged-manifest", path, error.message))
    }
  }

  private static func dictionary(
    _ pages: [(path: [UInt8], digest: PageDigest)]
  ) -> [[UInt8]: PageDigest] {
    Dictionary(pages.map { ($0.path, $0.digest) }) { first, _ in first }
  }

  /// Whether a manifest says what belongs there.
  var hasManifest: Bool { digests != nil }

  /// Whether there seems to be a folder of the simple API.
  var hasSimple: Bool { !projects.isEmpty || rootPaths.contains { $0.hasPrefix("simple/") } }

  /// The projects that have pages, or are said to.
  var projects: Set<[UInt8]> {
    Set(present.map { Array($0.keys) } ?? []).union(digests.map { Array($0.keys) } ?? [])
  }

  /// The paths of a project's pages that are there; nil if nobody lists them.
  func paths(of project: [UInt8]) -> [[UInt8]]? { present.map { $0[project] ?? [] } }

  /// The digests of a project's pages; nil without a manifest.
  func digests(of project: [UInt8]) -> [[UInt8]: PageDigest]? { digests.map { $0[project] ?? [:] } }
}
