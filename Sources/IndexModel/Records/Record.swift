/// What a source says of one distribution.
///
/// A record is a small value without references: its texts lie in its ``RecordBatch``.
public struct Record: BitwiseCopyable, Sendable {
  /// The file name.
  public var filename: TextRange
  /// What the file name says.
  public var name: DistributionFilename
  /// The index of its ``Facts`` in the batch, or -1 if only the file name is known.
  package var facts: Int32
  /// The line it was read from, from 1; 0 if it was not read from lines.
  public var line: UInt32
  /// The number of its source in the pipeline, from 0.
  public var source: UInt16
}

/// What is known of a distribution beside its file name.
///
/// The texts are those of the records' JSON keys; see ``RecordKey``.
public struct Facts: BitwiseCopyable, Sendable {
  /// Whether the core metadata of a distribution is served beside it.
  ///
  /// Source: PEP 658 and PEP 714.
  public enum CoreMetadata: BitwiseCopyable, Sendable {
    /// Nobody said.
    case unknown
    /// It is known not to be served.
    case absent
    /// It is served.
    case present
    /// It is served, with this digest, `name=value`.
    case digest(TextRange)
  }

  /// Where the file is, absolute or relative; beats the URL prefix of the whole index.
  public var url = TextRange.none
  /// Digests, as ``DigestList`` writes them.
  public var hashes = TextRange.none
  /// The `Requires-Python` of its metadata.
  public var requiresPython = TextRange.none
  /// The `Requires-Dist` of its metadata, each ended by a NUL byte.
  public var requiresDist = TextRange.none
  /// Who uploaded it.
  public var uploadedBy = TextRange.none
  /// Why it is yanked.
  public var yankedReason = TextRange.none
  /// The URL of its provenance, PEP 740.
  public var provenance = TextRange.none
  /// Its license, or license expression.
  public var license = TextRange.none
  /// Its one-line description.
  public var summary = TextRange.none
  /// Where it comes from, in the words of whoever runs the index.
  public var origin = TextRange.none
  /// The pages of its project: labels and URLs in turn, each ended by a NUL byte; see ``ProjectURLs``.
  public var projectURLs = TextRange.none
  /// The `Description` of its metadata, of any number of lines.
  public var description = TextRange.none
  /// The media type of ``description``.
  public var descriptionContentType = TextRange.none
  /// Whether core metadata is served.
  public var coreMetadata = CoreMetadata.unknown
  /// Its size in bytes, or -1.
  public var size: Int64 = -1
  /// The moment it was uploaded, or `nil`.
  public var uploadTime: Timestamp?
  /// Whether ``size`` was rounded, as listings for people round it; pages then do not claim it.
  public var isSizeApproximate = false
  /// Whether ``uploadTime`` is not exact to the second: it is the end of the minute, hour or day.
  public var isUploadTimeApproximate = false
  /// Whether installers must not choose it by themselves, PEP 592.
  public var isYanked = false
  /// Whether `requires_dist` was said: an empty list is knowledge too.
  public var knowsRequiresDist = false
  /// Whether a signature is served beside it.
  public var hasSignature: Bool?

  /// Creates facts that say nothing.
  public init() {}

  /// The size in bytes if it is known, and not rounded.
  public var exactSize: Int64? { size >= 0 && !isSizeApproximate ? size : nil }

  /// The facts of a record that has only a file name.
  public static var unknown: Facts { Facts() }

  /// The same facts after `distance` bytes were put before their texts from `start` on.
  package func shifted(by distance: Int, from start: Int = 0) -> Facts {
    var facts = self
    facts.url = url.shifted(by: distance, from: start)
    facts.hashes = hashes.shifted(by: distance, from: start)
    facts.requiresPython = requiresPython.shifted(by: distance, from: start)
    facts.requiresDist = requiresDist.shifted(by: distance, from: start)
    facts.uploadedBy = uploadedBy.shifted(by: distance, from: start)
    facts.yankedReason = yankedReason.shifted(by: distance, from: start)
    facts.provenance = provenance.shifted(by: distance, from: start)
    facts.license = license.shifted(by: distance, from: start)
    facts.summary = summary.shifted(by: distance, from: start)
    facts.origin = origin.shifted(by: distance, from: start)
    facts.projectURLs = projectURLs.shifted(by: distance, from: start)
    facts.description = description.shifted(by: distance, from: start)
    facts.descriptionContentType = descriptionContentType.shifted(by: distance, from: start)
    if case .digest(let text) = coreMetadata {
      facts.coreMetadata = .digest(text.shifted(by: distance, from: start))
    }
    return facts
  }
}
