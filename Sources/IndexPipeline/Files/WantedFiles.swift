import IndexModel
import IndexRendering
import StrictJSON

/// The files that an index links to and that lie within it, and the bytes of those that a source
/// has at hand.
struct WantedFiles: Sendable {
  /// A distribution, or its metadata or signature.
  struct File: Sendable {
    /// Its path in the tree.
    let path: [UInt8]
    /// The SHA-256 that its record claims, if it does.
    let sha256: String?
    /// Its bytes, if a source has those that the record means.
    let content: FileContent?
    /// Whether it is a distribution, and not what goes with one.
    var isDistribution = false
  }

  private(set) var files: [File] = []
  /// How many distributions are linked to that lie elsewhere.
  private(set) var elsewhereCount = 0

  /// Finds the files of a catalog.
  ///
  /// The bytes that a source has are those of a record if the record says their SHA-256.
  ///
  /// - Throws: `StageFailure` if the link to a file that a source has leads out of the index.
  /// - Complexity: O(distributions + offers).
  init(
    of catalog: Catalog,
    _ offers: [OfferedFile],
    _ render: RenderOptions
  ) throws(StageFailure) {
    var offered: [[UInt8]: [OfferedFile]] = [:]
    for offer in offers { offered[offer.filename, default: []].append(offer) }
    for project in catalog.projects {
      for index in project.distributions {
        let distribution = catalog.distributions[index]
        let filename = Array(catalog.text.span[distribution.filename])
        let hashes = catalog.facts(of: distribution).hashes
        let sha256 = Self.sha256(in: catalog.text.span[hashes])
        let offer = offered[filename]?.first { $0.content.sha256.isEqual(to: sha256) }
        if let path = render.treePath(of: distribution, in: project, catalog),
          FilePath.isAllowed(path)
        {
          let content = offer?.content
          files.append(File(path: path, sha256: sha256, content: content, isDistribution: true))
          add(metadataOf: distribution, at: path, offer, catalog)
          if catalog.facts(of: distribution).hasSignature == true {
            let path = path + FilePath.signatureEnding
            files.append(File(path: path, sha256: nil, content: offer?.signature))
          }
        } else if offer == nil {
          elsewhereCount += 1
        } else {
          throw Self.leadsOut(filename)
        }
      }
    }
  }

  /// Adds the metadata of a distribution if its record claims that it is served.
  private mutating func add(
    metadataOf distribution: Distribution,
    at path: [UInt8],
    _ offer: OfferedFile?,
    _ catalog: borrowing Catalog
  ) {
    let claim: String?
    switch catalog.facts(of: distribution).coreMetadata {
    case .unknown, .absent: return
    case .present: claim = nil
    case .digest(let digest): claim = Self.sha256(in: catalog.text.span[digest])
    }
    let offered = offer?.metadata
    let isMeant = claim == nil || offered?.sha256.isEqual(to: claim) == true
    files.append(
      File(
        path: path + FilePath.metadataEnding,
        sha256: claim,
        content: isMeant ? offered : nil
      )
    )
  }

  /// The SHA-256 among digests, in hexadecimal digits.
  private static func sha256(in digests: borrowing Span<UInt8>) -> String? {
    var found: String?
    DigestList.forEach(in: digests) { name, value in
      if name.elementsEqual("sha256") { found = String(decoding: value) }
    }
    return found
  }

  private static func leadsOut(_ filename: [UInt8]) -> StageFailure {
    let name = String(decoding: filename, as: UTF8.self)
    return StageFailure(
      .config,
      code: "file-outside-index",
      "\"\(name)\" is to be published, but the link to it leads out of the index",
      help: "let links be relative and lead into the index, such as \"packages_url\": "
        + "\"../../pool/\", or leave \"publish_files\" out"
    )
  }
}

extension String {
  fileprivate func isEqual(to other: String?) -> Bool {
    other.map { utf8.elementsEqual($0.utf8) } ?? false
  }
}
