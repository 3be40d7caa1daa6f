import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Fills in what was found out, project by project.
struct EnrichedProjects {
  let options: EnrichOptions
  let title: String
  private var missingSiblings: [String] = []
  private var otherSiblings: [String] = []

  init(options: EnrichOptions, title: String) {
    self.options = options
    self.title = title
  }

  /// Edits and drops records.
  ///
  /// - Parameters:
  ///   - files: Those of which something was missing.
  ///   - outcomes: What came of them, by the index of their record.
  /// - Throws: `StageFailure` if digests of a project stay incomplete.
  mutating func complete(
    _ records: inout RecordEditor,
    _ files: [RemoteFile],
    _ outcomes: [Int: FileVisit.Outcome]
  ) throws {
    var found: [Int: (file: RemoteFile, facts: RemoteFacts)] = [:]
    var dropped: Set<Int> = []
    for file in files {
      switch outcomes[file.index] {
      case .found(let facts): found[file.index] = (file, facts)
      case .bad(let reason):
        records.drop(file.index, because: reason)
        dropped.insert(file.index)
      case nil: break
      }
    }
    var hashes = ProjectHashes(options: options, title: title)
    for index in records.indices where !dropped.contains(index) {
      hashes.add(index, of: records, found[index]?.facts)
    }
    try hashes.decide(&records)
    for index in records.indices where !dropped.contains(index) {
      var line = ByteBuffer()
      var object = JSONObjectWriter()
      if let digests = hashes.changed[index] {
        object.key("hashes", to: &line)
        if digests.isEmpty { line.append("null") } else { line.append(hashes: digests) }
      }
      if let (file, facts) = found[index] {
        write(facts, of: file, records, to: &line, &object)
        if case .found(let members) = facts.metadata, file.wish.metadata {
          try apply(members, to: index, of: &records)
        }
        if file.wish.description { try apply(facts.description ?? [], to: index, of: &records) }
      }
      object.end(to: &line)
      try records.apply(RecordPatch(json: line.span), to: index)
    }
    warn(&records)
  }

  /// Fills in metadata that a record does not know.
  private func apply(_ members: [UInt8], to index: Int, of records: inout RecordEditor) throws {
    guard !members.isEmpty else { return }
    // Each member stands behind a comma.
    let line = [UInt8(ascii: "{")] + members.dropFirst() + [UInt8(ascii: "}")]
    try records.apply(RecordPatch(json: line.span), to: index, overwrites: false)
  }

  /// Writes what beats what the record says.
  private mutating func write(
    _ facts: RemoteFacts,
    of file: RemoteFile,
    _ records: borrowing RecordEditor,
    to line: inout ByteBuffer,
    _ object: inout JSONObjectWriter
  ) {
    if file.wish.size, let size = facts.size {
      object.key("size", to: &line)
      line.append(decimal: size)
    }
    if file.wish.time, let date = facts.lastModified,
      let time = Timestamp(seconds: date.seconds)
    {
      object.key("upload_time", to: &line)
      line.append("\"")
      line.append(rfc3339: time)
      line.append("\"")
    }
    guard file.wish.metadata, file.siblingURL != nil else { return }
    switch facts.sibling {
    case .unknown: break
    case .absent:
      guard file.claimsSibling else { break }
      missingSiblings.append(file.url.text)
      object.key("core_metadata", to: &line)
      line.append("false")
    case .served(let digest):
      let text = "sha256=\(digest)"
      if case .digest(let claim) = records[file.index].facts.coreMetadata {
        let claimed = records[file.index].bytes(claim)
        if claimed.elementsEqual(text.utf8Span.span) { break }
        otherSiblings.append(file.url.text)
      }
      object.key("core_metadata", to: &line)
      line.append(json: text)
    }
  }

  private func warn(_ records: inout RecordEditor) {
    if let first = missingSiblings.first {
      records.warn(
        "\(title): \(missingSiblings.count.of("file")) had `.metadata` claimed that is not served or "
          + "is another file's, and claim it no more, such as \(first)"
      )
    }
    if let first = otherSiblings.first {
      records.warn(
        "\(title): \(otherSiblings.count.of("file")) had another digest of `.metadata` claimed than "
          + "the one that is served, which they have now, such as \(first)"
      )
    }
  }
}
