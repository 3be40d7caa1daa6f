package import IndexPipeline
import IndexRendering
import IndexTransport
import Synchronization

/// Looks at a published index as its readers find it, and says what is wrong with it.
///
/// With a manifest, each page must be there as it was published, and none besides. Without one, as
/// of an index that somebody else made, all is said that follows from the pages themselves.
package struct IndexVerifier: Sendable {
  private let tree: any PublishedTree

  /// Finds the place.
  ///
  /// - Parameter target: A folder, or a URL of http or https.
  /// - Throws: `StageFailure` if there is no such place.
  package init(of target: String, _ context: StageContext) throws(StageFailure) {
    let text = Array(target.utf8)
    let isURL = ["http://", "https://"].contains {
      text.prefix($0.utf8.count).map { $0 | 0x20 }.elementsEqual($0.utf8)
    }
    if isURL {
      tree = try WebTree(target, context)
    } else {
      tree = try FolderTree(target)
    }
  }

  /// Looks at the whole index.
  ///
  /// - Throws: `StageFailure` if it is none, or cannot be read just now.
  package func verify() async throws -> Verification {
    var result = Verification()
    let holdings = try await Holdings(of: tree, &result)
    let layout = try await layout(holdings)
    var visit = RootVisit(layout, in: tree, holdings.rootDigests)
    let root = try await visit.run(holdings.rootPaths)
    result.add(root.verification)
    let names = holdings.projects.union(root.projects)
    let visits = try await visitProjects(
      names.sorted { $0.lexicographicallyPrecedes($1) },
      layout,
      holdings
    )
    for visit in visits {
      result.add(visit.verification)
      compare(visit, with: root, layout, &result)
    }
    result.projectCount = visits.count { $0.hasPage }
    if let web = tree as? WebTree { try await checkUnknown(web, layout, &result) }
    result.findings = Set(result.findings).sorted()
    return result
  }

  private func layout(_ holdings: Holdings) async throws -> IndexLayout {
    if !holdings.isEmpty { return .whole }
    for (path, layout) in [("simple/", IndexLayout.whole), ("", .bare)] {
      if case .page(let page) = try await tree.page(at: Array(path.utf8), as: .html) {
        let isRoot = layout.isWhole || (try? ListedHTML(page.bytes).projects.isEmpty) == false
        if isRoot { return layout }
      }
    }
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
    _ holdings: Holdings
  ) async throws -> [ProjectVisit.Outcome] {
    let next = NextNumber()
    return try await withThrowingTaskGroup(of: [ProjectVisit.Outcome].self) { group in
      for _ in 0..<tree.width {
        group.addTask {
          var outcomes: [ProjectVisit.Outcome] = []
          while let number = next.below(names.count) {
            try Task.checkCancellation()
            var visit = ProjectVisit(
              of: names[number],
              layout,
              in: tree,
              present: holdings.paths(of: names[number]),
              digests: holdings.digests(of: names[number])
            )
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
    _ layout: IndexLayout,
    _ result: inout Verification
  ) {
    let name = visit.name.shown
    let isListed = root.projects.contains(visit.name)
    if isListed, !visit.hasPage {
      let message = "\"\(name)\" is listed, and has no page"
      result.findings.append(Finding(code: "lost-project", root.path, message))
    } else if !isListed, visit.hasPage {
      let message = "the root page does not list \"\(name)\""
      result.findings.append(
        Finding(code: "unlisted-project", layout.folder(of: visit.name), message)
      )
    }
  }

  /// Asks for a project that nobody has.
  private func checkUnknown(
    _ web: WebTree,
    _ layout: IndexLayout,
    _ result: inout Verification
  ) async throws {
    let path = layout.folder(of: Array("larder-verify-asks-for-no-project".utf8))
    let status = try await web.status(of: path)
    if status == 404 { return }
    let message = "the server answers \(status) for a project that is not there, not 404"
    result.findings.append(Finding(code: "wrong-answer", path, message))
  }
}

/// Numbers that several tasks share, each of which one of them gets.
private final class NextNumber: Sendable {
  private let next = Atomic(0)

  func below(_ count: Int) -> Int? {
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }
}
