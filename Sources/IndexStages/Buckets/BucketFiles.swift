import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// The distributions among the objects of a bucket.
struct BucketFiles {
  /// An object that cannot be a record.
  struct Refused {
    let object: S3Object
    let problem: RecordProblem
  }

  /// The objects, each with a file name of its own.
  private(set) var objects: [S3Object] = []
  private(set) var refused: [Refused] = []
  /// Copies of others, which are left out.
  private(set) var copies: [(copy: S3Object, original: S3Object)] = []
  /// The keys of all objects that tell of another one.
  private var sidecars: Set<[UInt8]> = []

  private static let metadata = Array(".metadata".utf8)
  private static let signature = Array(".asc".utf8)
  private static let provenance = Array(".provenance".utf8)

  /// Finds the distributions among all objects.
  ///
  /// - Throws: `StageFailure` if two of them have one name and differ.
  init(_ all: [S3Object], bucket: String, title: String) throws(StageFailure) {
    let endings = [Self.metadata, Self.signature, Self.provenance]
    var names: [[UInt8]: S3Object] = [:]
    for object in all {
      let name = object.filename
      if endings.contains(where: { name.reversed().starts(with: $0.reversed()) }) {
        sidecars.insert(object.key)
      }
      guard DistributionFilename.isCustomary(name.span) else { continue }
      if S3Address.hasDotSegments(object.key.span) {
        let problem = RecordProblem(
          code: "unsafe-key",
          "a part of the key is \".\" or \"..\", which would lead clients elsewhere"
        )
        refused.append(Refused(object: object, problem: problem))
      } else if let other = names[name] {
        try Self.check(object, other, bucket, title)
        copies.append((object, other))
      } else {
        names[name] = object
        objects.append(object)
      }
    }
  }

  private static func check(
    _ object: S3Object,
    _ other: S3Object,
    _ bucket: String,
    _ title: String
  ) throws(StageFailure) {
    let isSame = object.size == other.size && object.entityTag == other.entityTag
    if isSame, !object.entityTag.isEmpty { return }
    throw StageFailure(
      .data,
      code: "duplicate-file",
      "\(title): two objects of s3://\(bucket) have one file name and differ",
      notes: [
        "\(other.printedKey) has \(other.size) bytes, \(object.printedKey) has \(object.size)"
      ],
      help: "leave one out with \"exclude\", or give a longer \"prefix\""
    )
  }

  /// Fills in what is known of an object.
  ///
  /// - Parameters:
  ///   - object: One of ``objects``.
  ///   - url: Where its distribution is.
  ///   - hasTime: Whether the time of its last change counts as that of its upload.
  ///   - facts: What its fields tell.
  ///   - file: What is filled.
  /// - Throws: `RecordProblem` if that contradicts itself.
  func fill(
    _ file: inout RecordDraft,
    with object: S3Object,
    at url: [UInt8],
    hasTime: Bool,
    _ facts: ObjectFacts?
  ) throws(RecordProblem) {
    file.reset()
    file.filename = object.filename
    file.url = url
    file.size = object.size
    if sidecars.contains(object.key + Self.metadata) { file.coreMetadata = Array("true".utf8) }
    if sidecars.contains(object.key + Self.signature) { file.hasSignature = true }
    if url.starts(with: "https://".utf8), !url.contains(UInt8(ascii: "?")),
      sidecars.contains(object.key + Self.provenance)
    {
      file.provenance = url + Self.provenance
    }
    if hasTime, let time = Timestamp(rfc3339: object.modified.span) {
      var buffer = ByteBuffer()
      buffer.append(rfc3339: time)
      file.uploadTime = Array(buffer.span)
    }
    if let facts { try Self.fill(&file, with: facts) }
  }

  private static func fill(
    _ file: inout RecordDraft,
    with facts: ObjectFacts
  ) throws(RecordProblem) {
    var digests = facts.metadata.filter { $0.key.utf8.starts(with: "sha".utf8) }
    if let sha256 = facts.sha256 {
      let other = digests["sha256"].map { $0.utf8.map { $0 | 0x20 } }
      if let other, !other.elementsEqual(sha256.utf8) {
        throw RecordProblem(
          code: "conflicting-digests",
          "the metadata of the object gives another SHA-256 than the checksum of the service"
        )
      }
      digests["sha256"] = sha256
    }
    for name in digests.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      file.addDigest(name.utf8Span.span, (digests[name] ?? "").utf8Span.span)
    }
    if let text = facts.metadata["requires_python"] { file.requiresPython = Array(text.utf8) }
    if let text = facts.metadata["upload_time"] { file.uploadTime = Array(text.utf8) }
    if let text = facts.metadata["yanked"] {
      file.isYanked = true
      file.yankedReason = Array(text.utf8)
    }
  }
}
