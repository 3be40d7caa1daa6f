import StrictJSON

/// Reads the values of a record's keys.
extension RecordDecoder {
  mutating func decodeValue(
    of key: RecordKey,
    from cursor: inout JSONCursor,
    number: Int,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    switch key {
    case .filename: return
    case .hash: try decodeHash(from: &cursor, number: number)
    case .hashes: try decodeHashes(from: &cursor, number: number)
    case .requires_dist: try decodeRequiresDist(from: &cursor, into: &facts, &batch)
    case .core_metadata:
      facts.coreMetadata = try coreMetadata(from: &cursor, number: number, &batch)
    case .upload_timestamp: try decodeTimestamp(from: &cursor, into: &facts)
    case .upload_time: try decodeTime(from: &cursor, into: &facts)
    case .size: facts.size = try size(from: &cursor)
    case .gpg_sig: facts.hasSignature = try cursor.boolean()
    case .yanked: try decodeYanked(from: &cursor, into: &facts, &batch)
    case .yanked_reason:
      let reason = try text(from: &cursor, &batch)
      if !reason.isEmpty {
        facts.yankedReason = reason
        facts.isYanked = true
      }
    case .requires_python: facts.requiresPython = try internedText(from: &cursor, &batch)
    case .uploaded_by: facts.uploadedBy = try internedText(from: &cursor, &batch)
    case .license: facts.license = try internedText(from: &cursor, &batch)
    case .url: facts.url = try text(from: &cursor, &batch)
    case .summary: facts.summary = try internedText(from: &cursor, &batch)
    case .origin: facts.origin = try internedText(from: &cursor, &batch)
    case .approximate: try decodeApproximate(from: &cursor, into: &facts)
    case .project_urls: try decodeProjectURLs(from: &cursor, into: &facts, &batch)
    // All files of a release have one as a rule.
    case .description: facts.description = try internedText(from: &cursor, &batch)
    case .description_content_type:
      facts.descriptionContentType = try internedText(from: &cursor, &batch)
    case .provenance:
      let start = cursor.offset
      facts.provenance = try text(from: &cursor, &batch)
      try Self.checkProvenance(batch.text.span[facts.provenance], at: start..<cursor.offset)
    }
  }

  private mutating func text(
    from cursor: inout JSONCursor,
    _ batch: inout RecordBatch
  ) throws -> TextRange {
    let string = try cursor.string()
    guard string.hasEscapes else { return batch.store(cursor.bytes(of: string)) }
    scratch.removeAll(keepingCapacity: true)
    cursor.append(string, to: &scratch)
    return batch.store(scratch.span)
  }

  /// Reads a text that other records are likely to have too.
  private mutating func internedText(
    from cursor: inout JSONCursor,
    _ batch: inout RecordBatch
  ) throws -> TextRange {
    let string = try cursor.string()
    guard string.hasEscapes else { return interner.store(cursor.bytes(of: string), in: &batch) }
    scratch.removeAll(keepingCapacity: true)
    cursor.append(string, to: &scratch)
    let decoded = scratch
    return interner.store(decoded.span, in: &batch)
  }

  private mutating func decodeYanked(
    from cursor: inout JSONCursor,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    if try cursor.peekKind() == .boolean {
      if try cursor.boolean() { facts.isYanked = true }
    } else {
      let reason = try text(from: &cursor, &batch)
      if !reason.isEmpty { facts.yankedReason = reason }
      facts.isYanked = true
    }
  }

  private func decodeApproximate(
    from cursor: inout JSONCursor,
    into facts: inout Facts
  ) throws {
    try cursor.beginArray()
    while try cursor.nextElement() {
      let name = try cursor.string()
      if cursor.isEqual(name, to: "size") {
        facts.isSizeApproximate = true
      } else if cursor.isEqual(name, to: "upload_time") {
        facts.isUploadTimeApproximate = true
      } else {
        throw RecordProblem(
          code: "wrong-value",
          "\"approximate\" names \"size\" or \"upload_time\"",
          at: name.range
        )
      }
    }
  }

  private func size(from cursor: inout JSONCursor) throws -> Int64 {
    let number = try cursor.number()
    guard let size = cursor.integer(number), size >= 0 else {
      throw Self.wrongSize(at: number.range)
    }
    return Int64(size)
  }

  private func decodeTimestamp(from cursor: inout JSONCursor, into facts: inout Facts) throws {
    let number = try cursor.number()
    guard let time = Timestamp(decimalSeconds: cursor.bytes(of: number)) else {
      throw RecordProblem(
        code: "invalid-time",
        "\"upload_timestamp\" must be seconds since 1970, in years 1 to 9999",
        at: number.range
      )
    }
    if facts.uploadTime == nil { facts.uploadTime = time }
  }

  private mutating func decodeTime(from cursor: inout JSONCursor, into facts: inout Facts) throws {
    let string = try cursor.string()
    let time =
      string.hasEscapes
      ? Timestamp(rfc3339: decoded(string, in: cursor).span)
      : Timestamp(rfc3339: cursor.bytes(of: string))
    guard let time else { throw Self.wrongTime(at: string.range) }
    facts.uploadTime = time
  }
}

// What is wrong with values, whatever they were read from.
extension RecordDecoder {
  static func wrongSize(at range: Range<Int>) -> RecordProblem {
    RecordProblem(code: "wrong-type", "\"size\" must be a whole number of bytes", at: range)
  }

  static func wrongTime(at range: Range<Int>) -> RecordProblem {
    RecordProblem(
      code: "invalid-time",
      "\"upload_time\" must be a time such as 2026-11-22T09:30:00Z",
      at: range
    )
  }

  static func checkProvenance(
    _ url: borrowing Span<UInt8>,
    at range: Range<Int>
  ) throws(RecordProblem) {
    guard url.startsIgnoringCase(with: "https://", at: 0) else {
      throw RecordProblem(
        code: "invalid-url",
        "\"provenance\" must be a URL that begins with https://",
        at: range
      )
    }
  }
}
