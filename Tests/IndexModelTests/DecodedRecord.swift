import IndexModel
import StrictJSON

/// A record as texts that tests can compare.
struct DecodedRecord: Equatable {
  var filename = ""
  var texts: [String: String] = [:]
  var requirements: [String]?
  var coreMetadata = ""
  var size: Int64 = -1
  var uploadTime: Timestamp?
  var isYanked = false
  var hasSignature: Bool?
  var approximations: [String] = []
  /// Labels and URLs in turn.
  var projectURLs: [String] = []

  init() {}

  init(_ record: Record, of batch: RecordBatch) {
    let facts = batch.facts(of: record)
    func text(_ range: TextRange) -> String { String(decoding: batch.text.span[range]) }
    filename = text(record.filename)
    let places = [
      "url": facts.url, "hashes": facts.hashes, "requires_python": facts.requiresPython,
      "uploaded_by": facts.uploadedBy, "yanked_reason": facts.yankedReason,
      "provenance": facts.provenance, "license": facts.license, "summary": facts.summary,
      "origin": facts.origin, "description": facts.description,
      "description_content_type": facts.descriptionContentType,
    ]
    texts = places.filter { !$0.value.isEmpty }.mapValues(text)
    requirements =
      facts.knowsRequiresDist
      ? Array(text(facts.requiresDist).split(separator: "\0", omittingEmptySubsequences: false))
        .dropLast().map(String.init) : nil
    projectURLs = text(facts.projectURLs).split(separator: "\0", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
    switch facts.coreMetadata {
    case .unknown: coreMetadata = ""
    case .absent: coreMetadata = "false"
    case .present: coreMetadata = "true"
    case .digest(let digest): coreMetadata = text(digest)
    }
    size = facts.size
    uploadTime = facts.uploadTime
    isYanked = facts.isYanked
    hasSignature = facts.hasSignature
    if facts.isSizeApproximate { approximations.append("size") }
    if facts.isUploadTimeApproximate { approximations.append("upload_time") }
  }

  /// Reads the one record of a line of JSON.
  init(line: String) throws {
    let batch = try Self.decode([line])
    self.init(batch.records[0], of: batch)
  }

  /// Reads lines of JSON, numbered from 1.
  static func decode(_ lines: [String]) throws -> RecordBatch {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    for (index, line) in lines.enumerated() {
      try decoder.decode(line: line.utf8Span.span, number: index + 1, into: &batch)
    }
    return batch
  }
}

extension RecordBatch {
  /// The records as JSON lines, all that is known of them or only what dumb-pypi knows.
  func encoded(compatible: Bool = false) -> String {
    var output = ByteBuffer()
    for record in records {
      let filename = text.span[record.filename]
      if compatible {
        RecordEncoder.appendCompatible(
          filename: filename,
          facts: facts(of: record),
          text: text.span,
          to: &output
        )
      } else {
        RecordEncoder.append(
          filename: filename,
          facts: facts(of: record),
          text: text.span,
          to: &output
        )
      }
    }
    return String(decoding: output.span)
  }
}
