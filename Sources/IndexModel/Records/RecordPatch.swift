import StrictJSON

/// Values for some keys of records.
public struct RecordPatch: Sendable {
  /// The keys that have a value.
  public let keys: Set<RecordKey>
  /// The bytes of the texts of ``facts``.
  package let text: [UInt8]
  private let facts: Facts

  /// Reads a patch.
  ///
  /// - Parameter json: An object with keys of records, on one line; with a `filename` or without.
  /// - Throws: `RecordProblem` with the place in the line.
  public init(json: borrowing Span<UInt8>) throws(RecordProblem) {
    var decoder = RecordDecoder()
    (facts, text, keys) = try decoder.decodePatch(line: json)
  }

  /// What is known after this is added to `old`.
  ///
  /// - Parameters:
  ///   - old: What was known.
  ///   - base: Where ``text`` was put behind the texts of `old`.
  ///   - overwrites: Whether the values of the patch beat those of `old`.
  package func merged(into old: Facts, textAt base: Int, overwrites: Bool) -> Facts {
    let new = facts.shifted(by: base)
    var merged = old
    for key in keys where overwrites || !old.knows(key) { merged.take(key, from: new) }
    return merged
  }
}

extension Facts {
  /// Whether a value for a key of records is known.
  func knows(_ key: RecordKey) -> Bool {
    switch key {
    case .filename: true
    case .hash, .hashes: !hashes.isEmpty
    case .requires_dist: knowsRequiresDist
    case .requires_python: !requiresPython.isEmpty
    case .upload_timestamp, .upload_time: uploadTime != nil
    case .uploaded_by: !uploadedBy.isEmpty
    case .yanked, .yanked_reason: isYanked
    case .core_metadata: if case .unknown = coreMetadata { false } else { true }
    case .url: !url.isEmpty
    case .size: size >= 0
    case .gpg_sig: hasSignature != nil
    case .provenance: !provenance.isEmpty
    case .license: !license.isEmpty
    case .summary: !summary.isEmpty
    case .origin: !origin.isEmpty
    case .approximate: isSizeApproximate || isUploadTimeApproximate
    case .project_urls: !projectURLs.isEmpty
    case .description: !description.isEmpty
    case .description_content_type: !descriptionContentType.isEmpty
    }
  }

  /// Takes the value of a key over.
  mutating func take(_ key: RecordKey, from other: Facts) {
    switch key {
    case .filename: break
    case .hash, .hashes: hashes = other.hashes
    case .requires_dist:
      requiresDist = other.requiresDist
      knowsRequiresDist = other.knowsRequiresDist
    case .requires_python: requiresPython = other.requiresPython
    case .upload_timestamp, .upload_time:
      uploadTime = other.uploadTime
      isUploadTimeApproximate = other.isUploadTimeApproximate
    case .uploaded_by: uploadedBy = other.uploadedBy
    case .yanked, .yanked_reason:
      isYanked = other.isYanked
      yankedReason = other.yankedReason
    case .core_metadata: coreMetadata = other.coreMetadata
    case .url: url = other.url
    case .size:
      size = other.size
      isSizeApproximate = other.isSizeApproximate
    case .gpg_sig: hasSignature = other.hasSignature
    case .provenance: provenance = other.provenance
    case .license: license = other.license
    case .summary: summary = other.summary
    case .origin: origin = other.origin
    case .approximate:
      isSizeApproximate = other.isSizeApproximate
      isUploadTimeApproximate = other.isUploadTimeApproximate
    case .project_urls: projectURLs = other.projectURLs
    case .description: description = other.description
    case .description_content_type: descriptionContentType = other.descriptionContentType
    }
  }
}
