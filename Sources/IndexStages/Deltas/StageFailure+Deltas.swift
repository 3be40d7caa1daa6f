import IndexPipeline

extension StageFailure {
  /// Creates the failure to read what an archive is to be the difference to.
  init(base path: String, _ reason: String) {
    self.init(
      .unavailable,
      code: "unreadable-base",
      "cannot take \(path) as what the archive is the difference to: \(reason)",
      notes: [Self.unchanged],
      help: "name the earlier archive, or its larder/manifest.jsonl"
    )
  }

  /// Creates the refusal of an archive that is no delta archive.
  static func noDelta(_ path: String, _ reason: String) -> StageFailure {
    StageFailure(
      .data,
      code: "no-delta-archive",
      "\(path) is no delta archive: \(reason)",
      help: "the sink `tarball` makes one with \"since\"; a whole archive is unpacked by `tar` or "
        + "`unzip`"
    )
  }

  /// Creates the refusal of a delta archive that holds what it must not.
  static func hostileDelta(_ path: String, _ reason: String) -> StageFailure {
    StageFailure(
      .data,
      code: "damaged-delta",
      "\(path) is not applied: \(reason)",
      notes: [unchanged],
      help: "carry the archive over again, and do not trust where this one comes from"
    )
  }

  /// Creates the refusal to change a folder that is not what a delta archive applies to.
  static func otherBase(_ folder: String, has: String, _ note: DeltaNote) -> StageFailure {
    StageFailure(
      .refused,
      code: "other-manifest",
      "\(folder) is not the index that the archive applies to: its manifest is \(has.asShortDigest),"
        + " not \(note.from.asShortDigest)",
      notes: [
        "expected: a larder/manifest.jsonl with the SHA-256 \(note.from)",
        "found: \(has)", unchanged,
      ],
      help: "apply the archives between the two first, or unpack a whole archive"
    )
  }

  /// Creates the refusal to change a folder whose pages are not as its manifest says.
  static func changedFolder(_ folder: String, _ reason: String) -> StageFailure {
    StageFailure(
      .refused,
      code: "changed-index",
      "\(folder) is not as its manifest says: \(reason)",
      notes: [unchanged],
      help: "`larder verify` tells all differences; unpack a whole archive in its place"
    )
  }

  /// Creates the refusal to change a folder without an index.
  static func noIndex(_ folder: String, _ reason: String) -> StageFailure {
    StageFailure(
      .refused,
      code: "no-index",
      "there is no index at \(folder) that an archive could be applied to: \(reason)",
      notes: [unchanged],
      help: "unpack a whole archive there first"
    )
  }
}
