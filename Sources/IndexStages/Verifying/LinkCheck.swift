import IndexModel
import IndexTransport

/// Follows the links of a project's pages.
struct LinkCheck {
  private let tree: any PublishedTree
  private let project: [UInt8]
  /// What was looked at already: both forms of a page have the same links.
  private var seen: Set<[UInt8]> = []
  private(set) var outcome = Verification()

  init(_ tree: any PublishedTree, project: [UInt8]) {
    self.tree = tree
    self.project = project
  }

  /// Checks the files of a page of the simple API.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func check(_ listing: SimpleListings.Listing) async throws {
    var names: Set<[UInt8]> = []
    for file in listing.files {
      func add(code: String, _ message: String) {
        outcome.findings.append(
          Finding(code: code, listing.path, line: listing.line(of: file), message)
        )
      }
      let name = file.filename.shown
      if !names.insert(file.filename).inserted {
        add(code: "listed-twice", "\(name) is listed twice")
      }
      for fault in file.faults { add(code: fault.code, "\(name) \(fault.message)") }
      for fault in file.digests.compactMap(\.fault) { add(code: "bad-digest", "\(name): \(fault)") }
      if let fault = LinkText.fault(of: file.href) {
        add(code: fault.code, "\(name): \(fault.message)")
      }
      if isStray(file.filename) {
        add(code: "strayed-file", "\(name) is no file of the project \"\(project.shown)\"")
      }
      if !LinkText.leads(to: file.filename, file.href) {
        add(code: "bad-link", "the link of \(name) ends in another name: \(file.href.shown)")
      }
      try await follow(file, on: listing)
    }
    let bare = listing.files.filter(\.digests.isEmpty)
    if let first = bare.first, bare.count < listing.files.count {
      let message =
        "\(first.filename.shown) has no digest, as \(bare.count) of \(listing.files.count) files"
      outcome.findings.append(
        Finding(code: "partial-hashes", listing.path, line: listing.line(of: first), message)
      )
    }
  }

  private func isStray(_ filename: [UInt8]) -> Bool {
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(filename.span, to: &normalized)
    return !normalized.starts(with: project + [UInt8(ascii: "-")])
  }

  private mutating func follow(
    _ file: ListedFile,
    on listing: SimpleListings.Listing
  ) async throws {
    let name = file.filename.shown
    let href = listing.base.map { LinkText.joined($0, file.href) } ?? file.href
    let path: [UInt8]
    switch tree.target(of: href, on: listing.path) {
    case .nowhere:
      let message = "installers cannot follow the link of \(name): \(file.href.shown)"
      outcome.findings.append(Finding(code: "bad-link", listing.path, message))
      return
    case .outside:
      outcome.outsideCount += 1
      return
    case .inside(let found): path = found
    }
    guard seen.insert(path).inserted else { return }
    guard tree.covers(path) else {
      outcome.outsideCount += 1
      return
    }
    outcome.insideCount += 1
    func add(code: String, _ place: [UInt8], _ message: String) {
      outcome.findings.append(Finding(code: code, place, message))
    }
    guard try await tree.holds(path) else {
      return add(
        code: "dead-link",
        listing.path,
        "\(name) is listed, and \(path.shown) is not there"
      )
    }
    let digest = file.digests.first { $0.fault == nil }
    if let mistake = try await tree.mistake(in: path, size: file.size, digest: digest) {
      add(code: "wrong-file", path, "\(mistake), which its page says (\(listing.path.shown))")
    }
    guard let claim = file.metadata else { return }
    guard case .page(let metadata) = try await tree.page(at: path + ".metadata".utf8, as: .html)
    else { return add(code: "lost-metadata", listing.path, "the metadata of \(name) is not there") }
    if case .digest(let digest) = claim, let algorithm = digest.algorithm {
      let found = try Digest.of(metadata.bytes.span, algorithm).hexadecimal
      if !found.utf8.elementsEqual(digest.digits) {
        add(
          code: "wrong-metadata",
          path + ".metadata".utf8,
          "its digest is \(found), not the one listed"
        )
      }
    }
  }

  /// Notes a link of another page that leads to nothing in the tree.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func follow(_ href: [UInt8], on page: [UInt8], isWeb: Bool) async throws {
    guard case .inside(let target) = tree.target(of: href, on: page) else { return }
    guard tree.covers(target) else { return }
    let isFolder = target.isEmpty || target.last == UInt8(ascii: "/")
    let path = isWeb && isFolder ? target + "index.html".utf8 : target
    guard seen.insert(path).inserted else { return }
    if try await tree.holds(path) { return }
    outcome.findings.append(
      Finding(code: "dead-link", page, "a link leads to \(path.shown), which is not there")
    )
  }

  mutating func add(_ finding: Finding) { outcome.findings.append(finding) }
}
