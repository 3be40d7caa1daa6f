import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// Finds the records that do not say all that is wanted.
struct MissingFacts {
  private let options: EnrichOptions
  private let title: String

  init(_ options: EnrichOptions, title: String) {
    self.options = options
    self.title = title
  }

  /// The files of which something is missing.
  ///
  /// - Throws: `StageFailure` if nobody knows where one of them is.
  func files(of records: borrowing RecordEditor) throws(StageFailure) -> [RemoteFile] {
    var files: [RemoteFile] = []
    let described = options.takesDescriptions ? newest(of: records) : []
    for index in records.indices {
      let (facts, name) = (records[index].facts, records[index].name)
      let claims = records[index].digests
      var wish = RemoteFile.Wish()
      wish.digests = options.hashes.filter { claims[$0] == nil }
      wish.size = options.takesSize && facts.exactSize == nil
      wish.time = options.uploadTime == .lastModified && facts.uploadTime == nil
      wish.metadata = options.takesMetadata && isMetadataMissing(facts, name.kind)
      wish.description = described.contains(index) && facts.description.isEmpty
      if wish.isEmpty { continue }
      files.append(
        RemoteFile(
          index: index,
          url: try url(of: records, index),
          filename: Array(records[index].filename),
          name: name,
          wish: wish,
          claims: claims,
          claimedSize: facts.exactSize.map { Int($0) },
          claimsSibling: facts.claimsCoreMetadata
        )
      )
    }
    return files
  }

  /// The records whose descriptions are wanted.
  private func newest(of records: borrowing RecordEditor) -> Set<Int> {
    var newest = NewestReleases()
    for index in records.indices where !records[index].facts.isYanked {
      newest.add(index, records[index].filename, records[index].name)
    }
    return newest.files
  }

  private func isMetadataMissing(_ facts: Facts, _ kind: DistributionKind) -> Bool {
    switch kind {
    case .wheel:
      // One that is said to be served, but not with which digest, is as good as unknown.
      switch facts.coreMetadata {
      case .unknown, .present: true
      case .absent, .digest: !facts.knowsRequiresDist
      }
    case .sdist, .egg:
      !facts.knowsRequiresDist && facts.requiresPython.isEmpty && facts.summary.isEmpty
    case .wininst, .msi, .rpm, .dmg, .dumb: false
    }
  }

  private func url(
    of records: borrowing RecordEditor,
    _ index: Int
  ) throws(StageFailure) -> HTTPURL {
    let given = Array(records[index].bytes(records[index].facts.url))
    do throws(HTTPURLProblem) {
      let url = try HTTPURL(String(decoding: given, as: UTF8.self))
      if url.login == nil { return url }
    } catch {
      guard error == .relative || given.isEmpty else {
        throw failure(code: "invalid-url", records, index, "its URL cannot be asked for: \(error)")
      }
      return try url(below: given, of: records, index)
    }
    let reason = "its URL holds a login, which pages would show"
    throw failure(code: "literal-secret", records, index, reason)
  }

  /// The URL of a file that has a relative one, or none.
  private func url(
    below given: [UInt8],
    of records: borrowing RecordEditor,
    _ index: Int
  ) throws(StageFailure) -> HTTPURL {
    guard let base = options.baseURL else {
      throw failure(
        code: "unknown-place",
        records,
        index,
        given.isEmpty ? "it has no URL" : "its URL is relative",
        help: "give \"base_url\", where such files are"
      )
    }
    var reference = ByteBuffer()
    if given.isEmpty {
      reference.append("./")
      reference.append(urlComponent: records[index].filename)
    }
    if !given.isEmpty { reference.append(given.span) }
    guard let url = base.resolving(reference.span) else {
      throw failure(code: "invalid-url", records, index, "its URL cannot be asked for")
    }
    return url
  }

  private func failure(
    code: String,
    _ records: borrowing RecordEditor,
    _ index: Int,
    _ reason: String,
    help: String? = nil
  ) -> StageFailure {
    let message = "\(title): \(records[index].filenameText): \(reason)"
    return StageFailure(.data, code: code, message, help: help)
  }
}

extension RecordView {
  /// The digests by algorithms that index pages may name.
  var digests: [HashAlgorithm: String] {
    var digests: [HashAlgorithm: String] = [:]
    DigestList.forEach(in: bytes(facts.hashes)) { name, value in
      if let algorithm = HashAlgorithm(name) { digests[algorithm] = String(decoding: value) }
    }
    return digests
  }
}

extension Facts {
  /// Whether they say that `.metadata` is served.
  var claimsCoreMetadata: Bool {
    switch coreMetadata {
    case .unknown, .absent: false
    case .present, .digest: true
    }
  }
}
