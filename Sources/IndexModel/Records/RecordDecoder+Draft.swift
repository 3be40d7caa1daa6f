import StrictJSON

/// Makes records of drafts, without the way over a line of JSON.
extension RecordDecoder {
  /// Adds the record that a draft makes: the one that its line would make.
  ///
  /// - Parameters:
  ///   - draft: What is said of the distribution.
  ///   - name: What its file name says.
  ///   - number: The number of its line.
  /// - Throws: `RecordProblem` without a place; decoding the line tells that.
  public mutating func decode(
    _ draft: borrowing RecordDraft,
    named name: DistributionFilename,
    number: Int,
    into batch: inout RecordBatch
  ) throws(RecordProblem) {
    try classifyingErrors {
      var facts = Facts()
      try check(draft)
      try addDigests(of: draft, number: number)
      if !digests.isEmpty { facts.hashes = digests.store(in: &batch) }
      facts.coreMetadata = try coreMetadata(draft.coreMetadata, at: 0..<0, number: number, &batch)
      facts.uploadTime = try draft.time
      facts.size = Int64(draft.size ?? -1)
      facts.hasSignature = draft.hasSignature
      facts.isYanked = draft.isYanked
      facts.isSizeApproximate = draft.isSizeApproximate
      facts.isUploadTimeApproximate = draft.isUploadTimeApproximate
      if draft.isYanked { facts.yankedReason = batch.store(text: draft.yankedReason) }
      facts.requiresPython = interner.store(draft.requiresPython.span, in: &batch)
      facts.url = batch.store(text: draft.url)
      facts.provenance = batch.store(text: draft.provenance)
      batch.append(filename: draft.filename.span, name, facts: facts, line: number)
    }
  }

  private func check(_ draft: borrowing RecordDraft) throws(RecordProblem) {
    guard draft.isUTF8 else {
      throw RecordProblem(code: "json-syntax", "a text is not UTF-8")
    }
    if let size = draft.size, size < 0 { throw Self.wrongSize(at: 0..<0) }
    if !draft.url.isEmpty,
      let problem = RecordURL.problem(of: draft.url.span, filename: draft.filename.span)
    {
      throw RecordProblem(code: "invalid-url", problem)
    }
    if !draft.provenance.isEmpty { try Self.checkProvenance(draft.provenance.span, at: 0..<0) }
  }

  private mutating func addDigests(
    of draft: borrowing RecordDraft,
    number: Int
  ) throws(RecordProblem) {
    digests.removeAll()
    let all = draft.digests.span
    var start = 0
    while let (name, value) = draft.digest(from: &start) {
      try appendDigest(
        name: all.extracting(name),
        value: all.extracting(value),
        at: 0..<0,
        number: number
      )
    }
  }
}

extension RecordDraft {
  /// Whether all texts are UTF-8 that were not made of bytes which are.
  fileprivate var isUTF8: Bool {
    url.span.isUTF8 && requiresPython.span.isUTF8 && yankedReason.span.isUTF8
      && provenance.span.isUTF8
  }

  fileprivate var time: Timestamp? {
    get throws(RecordProblem) {
      if uploadTime.isEmpty { return nil }
      guard let time = Timestamp(rfc3339: uploadTime.span) else {
        throw RecordDecoder.wrongTime(at: 0..<0)
      }
      return time
    }
  }
}

extension Span<UInt8> {
  fileprivate var isUTF8: Bool { (try? JSONCursor.validateUTF8(copy self)) != nil }
}
