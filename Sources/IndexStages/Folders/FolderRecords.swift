import IndexModel
import IndexTransport
import StrictJSON

/// Writes what is known of a file as a record.
struct FolderRecords {
  let url: FolderURL?
  let takesTime: Bool

  private var decoder = RecordDecoder()
  /// The records so far.
  private(set) var batch: RecordBatch

  /// - Parameter text: The text that descriptions are parts of.
  init(url: FolderURL?, takesTime: Bool, text: consuming [UInt8]) {
    batch = RecordBatch(text: text)
    self.url = url
    self.takesTime = takesTime
  }

  /// Adds the record of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - facts: What its bytes say.
  ///   - description: Where its description is, if it has one.
  ///   - metadata: The digest of the metadata that is served beside it, if any.
  ///   - isSigned: Whether its signature is beside it.
  /// - Throws: `RecordProblem` if its metadata holds what no record can.
  mutating func append(
    _ file: FoundFile,
    _ facts: FileFacts,
    _ description: DescriptionTexts.Place?,
    metadata: String?,
    isSigned: Bool
  ) throws(RecordProblem) {
    var line = ByteBuffer(minimumCapacity: 1 << 10)
    line.append("{\"filename\":")
    line.append(json: Array(file.filename).span)
    if let url {
      line.append(",\"url\":\"")
      url.append(file, to: &line)
      line.append("\"")
    }
    if let digest = facts.digest {
      line.append(",\"hashes\":{\"sha256\":\"")
      line.append(utf8: digest)
      line.append("\"}")
    }
    line.append(",\"size\":")
    line.append(decimal: Int(file.identity.size))
    if takesTime, let time = Self.timestamp(file.identity) {
      line.append(",\"upload_time\":\"")
      line.append(rfc3339: time)
      line.append("\"")
    }
    if case .found(let members, _) = facts.metadata { line.append(members.span) }
    if let metadata, url?.hasQuery != true {
      line.append(",\"core_metadata\":\"sha256=")
      line.append(utf8: metadata)
      line.append("\"")
    }
    if isSigned { line.append(",\"gpg_sig\":true") }
    line.append("}")
    try decoder.decode(line: line.span, number: 0, into: &batch)
    if let description {
      batch.describeLast(description.text, contentType: description.contentType)
    }
  }

  /// The time of change in microseconds; nil outside of the years that records know.
  private static func timestamp(_ identity: FileIdentity) -> Timestamp? {
    guard let whole = Timestamp(seconds: identity.modified.seconds) else { return nil }
    return Timestamp(microseconds: whole.microseconds + Int64(identity.modified.nanoseconds / 1000))
  }
}
