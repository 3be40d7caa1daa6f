import StrictJSON

/// The keys of a record in JSON.
///
/// The first eight mean what they mean to dumb-pypi, which refuses all others: its lists hold
/// these only. `url`, `hashes`, `size`, `upload_time`, `yanked`, `gpg_sig`, `provenance`,
/// `license`, `summary`, `approximate`, `origin`, `project_urls`, `description` and
/// `description_content_type` are Larder's.
public enum RecordKey: UInt8, CaseIterable, Sendable {
  case filename, hash, requires_dist, requires_python, upload_timestamp, uploaded_by
  case yanked_reason, core_metadata
  case url, hashes, size, upload_time, yanked, gpg_sig, provenance, license, summary, approximate
  case origin, project_urls, description, description_content_type

  /// The key as written.
  public var name: StaticString {
    switch self {
    case .filename: "filename"
    case .hash: "hash"
    case .requires_dist: "requires_dist"
    case .requires_python: "requires_python"
    case .upload_timestamp: "upload_timestamp"
    case .uploaded_by: "uploaded_by"
    case .yanked_reason: "yanked_reason"
    case .core_metadata: "core_metadata"
    case .url: "url"
    case .hashes: "hashes"
    case .size: "size"
    case .upload_time: "upload_time"
    case .yanked: "yanked"
    case .gpg_sig: "gpg_sig"
    case .provenance: "provenance"
    case .license: "license"
    case .summary: "summary"
    case .approximate: "approximate"
    case .origin: "origin"
    case .project_urls: "project_urls"
    case .description: "description"
    case .description_content_type: "description_content_type"
    }
  }

  /// Finds a key by its name.
  ///
  /// - Complexity: One comparison for most keys, as their lengths differ.
  init?(_ name: borrowing Span<UInt8>) {
    let candidates: (RecordKey, RecordKey, RecordKey)
    switch name.count {
    case 3: candidates = (.url, .url, .url)
    case 4: candidates = (.hash, .size, .size)
    case 6: candidates = (.hashes, .yanked, .origin)
    case 7: candidates = (.gpg_sig, .license, .summary)
    case 8: candidates = (.filename, .filename, .filename)
    case 10: candidates = (.provenance, .provenance, .provenance)
    case 11 where name[0] == UInt8(ascii: "d"):
      candidates = (.description, .description, .description)
    case 11: candidates = (.uploaded_by, .upload_time, .approximate)
    case 12: candidates = (.project_urls, .project_urls, .project_urls)
    case 13: candidates = (.requires_dist, .yanked_reason, .core_metadata)
    case 15: candidates = (.requires_python, .requires_python, .requires_python)
    case 16: candidates = (.upload_timestamp, .upload_timestamp, .upload_timestamp)
    case 24:
      candidates = (.description_content_type, .description_content_type, .description_content_type)
    default: return nil
    }
    if name.elementsEqual(candidates.0.name) {
      self = candidates.0
    } else if name.elementsEqual(candidates.1.name) {
      self = candidates.1
    } else if name.elementsEqual(candidates.2.name) {
      self = candidates.2
    } else {
      return nil
    }
  }
}
