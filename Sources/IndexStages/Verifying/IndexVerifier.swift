package import IndexPipeline
import IndexRendering
import IndexTransport

/// Looks at a published index as its readers find it, and says what is wrong with it.
///
/// With a manifest, each page must be there as it was published, and none besides. Without one, as
/// of an index that somebody else made, all is said that follows from the pages themselves.
package struct IndexVerifier: Sendable {
  private let target: Target

  /// Where an index is.
  private enum Target: Sendable {
    case path(String)
    case site(WebSite)
  }

  /// Finds the place.
  ///
  /// - Parameters:
  ///   - target: A folder, an archive, a URL of http or https, or a bucket as `s3://name/prefix`.
  ///   - endpoint: The URL of the service that has the bucket; nil means Amazon's.
  /// - Throws: `StageFailure` if there can be no such place.
  package init(
    of target: String,
    endpoint: String? = nil,
    _ context: StageContext
  ) throws(StageFailure) {
    if target.hasScheme("http") || target.hasScheme("https") {
      self.target = .site(try WebSite(target, connections: WebTree.connections, context))
    } else if target.hasScheme("s3") {
      self.target = .site(try WebSite(bucket: target, endpoint, WebTree.connections, context))
    } else {
      self.target = .path(target)
    }
  }

  /// Looks at the whole index.
  ///
  /// - Throws: `StageFailure` if it is none, or cannot be read just now.
  package func verify() async throws -> Verification {
    do {
      switch target {
      case .path(let path): return try await verify(try Self.tree(at: path))
      case .site(let site): return try await verify(try await WebTree(site))
      }
    } catch let failure as LibraryFailure {
      throw StageFailure(.unavailable, code: "missing-library", "\(failure)")
    }
  }

  private static func tree(at path: String) throws(StageFailure) -> any PublishedTree {
    let kind: FileKind?
    // What cannot be looked at has its message where it is read.
    do throws(IOFailure) { kind = try InputFile.open(path).status().kind } catch { kind = nil }
    return kind == .file ? try ArchiveTree(path) : try FolderTree(path)
  }

  private func verify(_ tree: any PublishedTree) async throws -> Verification {
    var result = Verification()
    result.target = tree.name
    var holdings = try await Holdings(of: tree, &result)
    let layout = try await layout(holdings, in: tree)
    if !layout.isWhole { holdings = Holdings() }
    var visit = RootVisit(layout, in: tree, holdings)
    let root = try await visit.run(holdings.rootPaths)
    result.add(root.verification)
    let names = holdings.projects.union(root.projects)
      .sorted { $0.lexicographicallyPrecedes($1) }
    var urls = FileURLs()
    for visit in try await visitProjects(names, layout, holdings, in: tree) {
      result.add(visit.verification)
      result.findings += compare(visit, with: root, layout)
      if visit.hasPage { result.projectCount += 1 }
      urls.add(visit.urls)
    }
    result.findings += urls.findings(root.links)
    result.findings += result.places.flatMap { $0.value.findings(in: $0.key) }
    result.findings += try await askUnknown(tree, layout)
    result.findings = Finding.sorted(result.findings)
    return result
  }

  private func layout(
    _ holdings: Holdings,
    in tree: any PublishedTree
  ) async throws -> IndexLayout {
    if holdings.hasManifest { return .whole }
    // A project may be called "simple": what the page links to tells more than names of folders.
    if case .page(let page) = try await tree.page(at: [], as: .html) {
      let listing = RootListing(html: page.bytes, at: [], .bare, in: tree)
      if !listing.names.isEmpty { return .bare }
    }
    if holdings.hasSimple { return .whole }
    if case .page = try await tree.page(at: IndexLayout.whole.simple, as: .html) { return .whole }
    throw StageFailure(
      .unavailable,
      code: "not-an-index",
      "there is no package index: neither simple/ nor a page of links to projects",
      help: "name the root of the index, the folder that \"simple\" is in"
    )
  }

  private func visitProjects(
    _ names: [[UInt8]],
    _ layout: IndexLayout,
    _ holdings: Holdings,
    in tree: any PublishedTree
  ) async throws -> [ProjectVisit.Outcome] {
    let next = Counter()
    return try await withThrowingTaskGroup(of: [ProjectVisit.Outcome].self) { group in
      for _ in 0..<tree.width {
        group.addTask {
          var outcomes: [ProjectVisit.Outcome] = []
          while let number = next.take(below: names.count) {
            try Task.checkCancellation()
            var visit = ProjectVisit(of: names[number], layout, in: tree, holdings)
            outcomes.append(try await visit.run())
          }
          return outcomes
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func compare(
    _ visit: ProjectVisit.Outcome,
    with root: RootVisit.Outcome,
    _ layout: IndexLayout
  ) -> [Finding] {
    let name = visit.name.shown
    let isListed = root.projects.contains(visit.name)
    if isListed == visit.hasPage { return [] }
    if isListed {
      let message = "\"\(name)\" is listed, and has no page"
      return [Finding(code: "lost-project", root.path, message)]
    }
    let message = "the root page does not list \"\(name)\""
    return [Finding(code: "unlisted-project", layout.folder(of: visit.name), message)]
  }

  /// Asks for a project that nobody has.
  private func askUnknown(
    _ tree: any PublishedTree,
    _ layout: IndexLayout
  ) async throws -> [Finding] {
    let path = layout.folder(of: Array("larder-verify-asks-for-no-project".utf8))
    guard let status = try await tree.status(of: path), status != 404 else { return [] }
    let message = "the server answers \(status) for a project that is not there, not 404"
    return [Finding(code: "wrong-answer", path, message)]
  }
}

extension String {
  /// Whether it is a URL of a scheme, in whatever case that is written.
  fileprivate func hasScheme(_ scheme: String) -> Bool {
    let start = "\(scheme)://".utf8
    return utf8.prefix(start.count).map { $0 | 0x20 }.elementsEqual(start)
  }
}
