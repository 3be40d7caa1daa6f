import IndexModel
import IndexPipeline
import IndexTransport

/// Finds out what is missing of one file, by as few bytes as tell it.
struct FileVisit: Sendable {
  /// What came of it.
  enum Outcome: Sendable {
    case found(RemoteFacts)
    /// The file is left out, for this reason.
    case bad(String)
  }

  let file: RemoteFile
  let options: EnrichOptions
  let fetcher: FileFetcher
  /// Where whole files are kept while they are read.
  let folder: String

  /// Reads the file, unless it is known.
  ///
  /// - Parameter known: What an earlier run found out.
  /// - Throws: `StageFailure` if something else is there than its record says, or nothing that can
  ///   be used.
  func read(_ known: RemoteFacts?) async throws -> Outcome {
    do {
      if let known, try await holds(known) {
        try check(known)
        return .found(known)
      }
      let facts = try await fetcher.context.retrying {
        do {
          return try await readNow()
        } catch FileTrouble.changed {
          // It is a new file now; the framework decides whether to look again.
          let kind = StageFailure.Kind.transient(retryAfter: .zero)
          throw failure(kind, code: "changing-file", "it changes while it is read")
        }
      }
      return .found(facts)
    } catch FileTrouble.gone(let failure) {
      if options.badFiles == .skip { return .bad("not at its URL (\(failure.message))") }
      throw StageFailure(failure, fetcher.title, file.url)
    } catch FileTrouble.broken(let reason) {
      if options.badFiles == .skip { return .bad("broken: \(reason)") }
      throw failure(.data, code: "broken-file", reason)
    } catch FileTrouble.noRanges(let reason) {
      throw failure(
        .unavailable,
        code: "no-ranges",
        "the server does not give parts of files: \(reason)",
        help: "let whole files be read: \"files\": \"whole\""
      )
    }
  }

  /// Whether what an earlier run found out is all that is wanted, and still so.
  private func holds(_ known: RemoteFacts) async throws -> Bool {
    guard known.answers(file) else { return false }
    let needsTime = file.wish.time && known.lastModified == nil
    if known.areProven(for: file) && !needsTime { return true }
    guard let validators = known.validators, let response = try await head(validators) else {
      return false
    }
    if response.status == 304 { return true }
    return response.validators == validators && Self.size(of: response) == known.size
  }

  private func readNow() async throws -> RemoteFacts {
    var facts = RemoteFacts(claim: file.strongClaim)
    let siblingDigest = try await readSibling(into: &facts)
    if !file.wish.digests.isEmpty, options.way == .whole {
      try await readWhole(into: &facts, siblingDigest)
    }
    if file.wish.readsMetadata, facts.metadata == .unread {
      try await readInside(&facts, siblingDigest)
    }
    if facts.size == nil {
      try await readSize(into: &facts)
    }
    try check(facts)
    return facts
  }

  /// Reads what is served as `.metadata`; gives its digest.
  private func readSibling(into facts: inout RemoteFacts) async throws -> String? {
    guard file.wish.readsMetadata, let url = file.siblingURL else { return nil }
    var request = HTTPRequest(url)
    request.maximumBytes = ArchiveLimits.metadataSize
    let sent = request
    facts.sibling = .absent
    guard case .success(let response) = try await fetcher.send({ sent }),
      response.framing != .untilClose
    else { return nil }
    let reading = MetadataReading(of: file)
    guard reading.belongs(response.body) else { return nil }
    let digest = try Digest.of(response.body.span).hexadecimal
    facts.sibling = .served(digest: digest)
    reading.take(response.body, into: &facts)
    return digest
  }

  /// Reads the metadata in the file: by parts if that goes, else all of it if that is allowed.
  private func readInside(_ facts: inout RemoteFacts, _ sibling: String?) async throws {
    guard file.isZip, fetcher.mayKnowRanges(file.url) else {
      if options.way == .whole { return try await readWhole(into: &facts, sibling) }
      if file.isZip { throw FileTrouble.noRanges("it ignored them before") }
      return
    }
    do {
      let ranged = try await RangedFile(file.url, size: file.claimedSize, fetcher)
      facts.size = ranged.size
      facts.validators = ranged.validators
      try check(facts)
      let tail = RangedFile.tailSize(of: file.claimedSize)
      let metadata = try await MetadataReading(of: file).bytes(in: ranged, tail: tail)
      MetadataReading(of: file).take(metadata, into: &facts)
    } catch FileTrouble.noRanges(let reason) {
      fetcher.noteWithoutRanges(file.url)
      guard options.way == .whole else { throw FileTrouble.noRanges(reason) }
      try await readWhole(into: &facts, sibling)
    } catch FileTrouble.broken(let reason) {
      // A server may lie about parts.
      guard options.way == .whole else { throw FileTrouble.broken(reason) }
      try await readWhole(into: &facts, sibling)
    }
  }

  private func readWhole(into facts: inout RemoteFacts, _ sibling: String?) async throws {
    let limit = options.maximumSize
    if let size = file.claimedSize, size > limit { return }
    let read = try await WholeFile(file.url, in: folder, upTo: limit, fetcher)
    guard let whole = read else { return }
    facts.size = whole.size
    facts.validators = whole.validators
    for algorithm in Set(file.wish.digests).union(file.claims.keys).union([.sha256]) {
      facts.digests[algorithm] = try whole.digest(algorithm)
    }
    try check(facts)
    guard file.isZip || file.isTar else { return }
    let reading = MetadataReading(of: file)
    let metadata =
      file.isZip
      ? try await reading.bytes(in: whole, tail: 1 << 16) : try reading.bytes(inTar: whole)
    reading.take(metadata, into: &facts)
    guard let sibling, let metadata, try Digest.of(metadata.span).hexadecimal != sibling else {
      return
    }
    facts.sibling = .absent
  }
}
