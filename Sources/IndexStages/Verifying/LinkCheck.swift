import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport

/// Follows the links of a project's pages.
struct LinkCheck {
  let tree: any PublishedTree
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
      for (code, message) in faults(of: file) {
        add(Finding(code: code, listing.path, line: listing.line(of: file), message))
      }
      if !names.insert(file.filename).inserted {
        let message = "\(file.filename.shown) is listed twice"
        add(Finding(code: "listed-twice", listing.path, line: listing.line(of: file), message))
      }
      try await follow(file, on: listing)
    }
    let bare = listing.files.filter(\.digests.isEmpty)
    if let first = bare.first, bare.count < listing.files.count {
      let message =
        "\(first.filename.shown) has no digest, as \(bare.count) of \(listing.files.count) files"
      let line = listing.line(of: first)
      add(Finding(.warning, code: "partial-hashes", listing.path, line: line, message))
    }
  }

  /// What is wrong with the way a page lists a file.
  private func faults(of file: ListedFile) -> [(code: String, message: String)] {
    let name = file.filename.shown
    var faults = file.faults.map { (code: $0.code, message: "\(name) \($0.message)") }
    faults += file.digests.compactMap(\.fault).map { ("bad-digest", "\(name): \($0)") }
    if let fault = LinkText.fault(of: file.href) {
      faults.append((fault.code, "\(name): \(fault.message)"))
    }
    if isStray(file.filename) {
      faults.append(("strayed-file", "\(name) is no file of the project \"\(project.shown)\""))
    }
    if !LinkText.leads(to: file.filename, file.href) {
      let message = "the link of \(name) ends in another name: \(file.href.shown)"
      faults.append(("bad-link", message))
    }
    return faults
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
    let (name, href) = (file.filename.shown, file.href)
    switch tree.target(of: href, on: listing.path, base: listing.base) {
    case .nowhere:
      let message = "installers cannot follow the link of \(name): \(href.shown)"
      add(Finding(code: "bad-link", listing.path, message))
    case .inside(let path) where tree.covers(path):
      guard seen.insert(path).inserted else { return }
      outcome.insideCount += 1
      try await check(file, at: path, on: listing)
    case .inside(let path):
      if seen.insert(path).inserted { outcome.outsideCount += 1 }
    case .outside:
      if seen.insert(href).inserted { outcome.outsideCount += 1 }
    }
  }

  /// Checks what a link leads to.
  private mutating func check(
    _ file: ListedFile,
    at path: [UInt8],
    on listing: SimpleListings.Listing
  ) async throws {
    guard let found = try await tree.file(at: path) else {
      let message = "\(file.filename.shown) is listed, and \(path.shown) is not there"
      return add(Finding(code: "dead-link", listing.path, message))
    }
    if let problem = found.problem { add(Finding(code: "unservable-page", path, problem)) }
    if let size = file.size, let own = found.size, size != own {
      let message = "it has \(own) bytes, not \(size) as its page says (\(listing.path.shown))"
      add(Finding(code: "wrong-file", path, message))
    } else if let digest = file.digests.first(where: { $0.fault == nil }),
      let algorithm = digest.algorithm, let own = try await tree.digest(of: path, algorithm),
      !own.utf8.elementsEqual(digest.digits)
    {
      let message = "its \(algorithm.rawValue) digest is \(own), not the one of its page"
      add(Finding(code: "wrong-file", path, "\(message) (\(listing.path.shown))"))
    }
    if let claim = file.metadata { try await check(claim, of: path, on: listing) }
  }

  /// Checks the metadata beside a file.
  private mutating func check(
    _ claim: MetadataClaim,
    of file: [UInt8],
    on listing: SimpleListings.Listing
  ) async throws {
    let path = file + ".metadata".utf8
    let metadata: ServedPage
    switch try await tree.page(at: path, as: .html) {
    case .missing:
      let message = "the page tells of \(path.shown), which is not there"
      return add(Finding(code: "lost-metadata", listing.path, message))
    case .unservable(let reason): return add(Finding(code: "unservable-page", path, reason))
    case .page(let page): metadata = page
    }
    guard case .digest(let digest) = claim, let algorithm = digest.algorithm else { return }
    let own = try Digest.of(metadata.bytes.span, algorithm).hexadecimal
    if own.utf8.elementsEqual(digest.digits) { return }
    let message = "its \(algorithm.rawValue) digest is \(own), not the one of the page"
    add(Finding(code: "wrong-metadata", path, "\(message) (\(listing.path.shown))"))
  }

  /// Notes a link of another page that leads to nothing in the tree.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func follow(_ href: [UInt8], on page: [UInt8]) async throws {
    guard case .inside(let path) = tree.target(of: href, on: page), tree.covers(path),
      seen.insert(path).inserted
    else { return }
    let isFolder = path.isEmpty || path.last == UInt8(ascii: "/")
    let file = isFolder ? path + "index.html".utf8 : path
    // The pages of the whole index are looked at once, not from each project.
    if !project.isEmpty, PagePath(file.span) == .root { return }
    if isFolder, tree.isWeb, try await tree.file(at: path) != nil { return }
    // Whether folders show their pages is told once, not of each link.
    if try await tree.file(at: file) != nil { return }
    let message = "a link leads to \(path.shown), which is not there"
    add(Finding(code: "dead-link", page, message))
  }

  mutating func add(_ finding: Finding) { outcome.findings.append(finding) }
}
