import StrictJSON

/// Reads records from JSON lines.
///
/// One decoder serves many lines, and reuses its buffers.
public struct RecordDecoder: Sendable {
  /// The longest line that is read, in bytes.
  public static var maximumLineLength: Int { 8 << 20 }

  /// Whether a digest that no installer could use is left out, rather than a mistake of the line.
  public var omitsBadDigests = false
  /// The lines of which a digest was left out.
  public private(set) var linesWithBadDigests: [Int] = []

  private var interner = TextInterner()
  private var scratch: [UInt8] = []
  private var digests: [[UInt8]] = []

  /// Creates a decoder.
  public init() {}

  /// Reads one line and adds its record to `batch`.
  ///
  /// - Throws: `RecordProblem` with the place in the line; the batch then holds no part of it but
  ///   unused text.
  public mutating func decode(
    line: borrowing Span<UInt8>,
    number: Int,
    into batch: inout RecordBatch
  ) throws(RecordProblem) {
    do {
      try decodeObject(line: line, number: number, into: &batch)
    } catch let error as JSONError {
      throw RecordProblem(error)
    } catch let problem as RecordProblem {
      throw problem
    } catch {
      throw RecordProblem(code: "bug", "\(error)", at: 0..<0)
    }
  }

  private mutating func decodeObject(
    line: borrowing Span<UInt8>,
    number: Int,
    into batch: inout RecordBatch
  ) throws {
    let line = copy line
    try JSONCursor.validateUTF8(line)
    var cursor = JSONCursor(line, maximumDepth: 8)
    var filename: JSONString?
    var seen: UInt32 = 0
    var facts = Facts()
    var urlPlace = 0..<0
    digests.removeAll(keepingCapacity: true)
    try cursor.beginObject()
    while let keyText = try cursor.nextKey() {
      let key = try key(keyText, in: cursor)
      guard seen & 1 << key.rawValue == 0 else {
        throw RecordProblem(
          code: "duplicate-key",
          "the key \"\(key.name)\" is given twice",
          at: keyText.range
        )
      }
      seen |= 1 << key.rawValue
      if try cursor.peekKind() == .null {
        try cursor.null()
      } else if key == .filename {
        filename = try cursor.string()
      } else {
        if key == .url { urlPlace = cursor.offset..<line.count }
        try decodeValue(of: key, from: &cursor, number: number, into: &facts, &batch)
      }
    }
    try cursor.finish()
    guard let filename else {
      throw RecordProblem(
        code: "missing-key",
        "a record needs the key \"filename\"",
        at: 0..<line.count
      )
    }
    try store(filename, facts: facts, urlPlace: urlPlace, line: number, cursor, into: &batch)
  }

  private func key(_ text: JSONString, in cursor: borrowing JSONCursor) throws -> RecordKey {
    guard !text.hasEscapes, let key = RecordKey(cursor.bytes(of: text)) else {
      let name = String(decoding: cursor.bytes(of: text))
      throw RecordProblem(code: "unknown-key", "a record has no key \"\(name)\"", at: text.range)
    }
    return key
  }

  private mutating func store(
    _ filename: JSONString,
    facts: Facts,
    urlPlace: Range<Int>,
    line number: Int,
    _ cursor: borrowing JSONCursor,
    into batch: inout RecordBatch
  ) throws {
    var facts = facts
    if !digests.isEmpty {
      scratch.removeAll(keepingCapacity: true)
      DigestList.append(digests, to: &scratch)
      facts.hashes = batch.store(scratch.span)
    }
    scratch.removeAll(keepingCapacity: true)
    cursor.append(filename, to: &scratch)
    if !facts.url.isEmpty,
      let problem = RecordURL.problem(of: batch.text.span[facts.url], filename: scratch.span)
    {
      throw RecordProblem(code: "invalid-url", problem, at: urlPlace)
    }
    do {
      try batch.append(filename: scratch.span, facts: facts, line: number)
    } catch {
      throw RecordProblem(error, at: filename.range)
    }
  }
}

// MARK: Values

extension RecordDecoder {
  private mutating func decodeValue(
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
    case .core_metadata: facts.coreMetadata = try coreMetadata(from: &cursor, &batch)
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
    case .provenance:
      let start = cursor.offset
      facts.provenance = try text(from: &cursor, &batch)
      guard batch.text.span[facts.provenance].startsIgnoringCase(with: "https://", at: 0) else {
        throw RecordProblem(
          code: "invalid-url",
          "\"provenance\" must be a URL that begins with https://",
          at: start..<cursor.offset
        )
      }
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

  private mutating func decodeHash(from cursor: inout JSONCursor, number: Int) throws {
    let string = try cursor.string()
    scratch.removeAll(keepingCapacity: true)
    cursor.append(string, to: &scratch)
    let bytes = scratch
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      bytes[(equals + 1)...].firstIndex(of: UInt8(ascii: "=")) == nil
    else {
      throw RecordProblem(
        code: "invalid-hash",
        "\"hash\" must be one algorithm=digits",
        at: string.range
      )
    }
    try appendDigest(
      name: bytes.span.extracting(..<equals),
      value: bytes.span.extracting((equals + 1)...),
      at: string.range,
      number: number
    )
  }

  private mutating func decodeHashes(from cursor: inout JSONCursor, number: Int) throws {
    try cursor.beginObject()
    while let name = try cursor.nextKey() {
      let value = try cursor.string()
      try appendDigest(
        name: cursor.bytes(of: name),
        value: cursor.bytes(of: value),
        at: name.range.lowerBound..<value.range.upperBound,
        number: number
      )
    }
  }

  private mutating func appendDigest(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    at range: Range<Int>,
    number: Int
  ) throws {
    var digest: [UInt8] = []
    do {
      try DigestList.appendNormalized(name: name, value: value, to: &digest)
    } catch {
      if omitsBadDigests && error == .wrongDigits {
        linesWithBadDigests.append(number)
        return
      }
      throw RecordProblem(
        code: "invalid-hash",
        "a digest must be lower-case hexadecimal of the length that its algorithm makes",
        at: range
      )
    }
    if digests.contains(digest) { return }
    let prefix = digest[...(digest.firstIndex(of: UInt8(ascii: "=")) ?? 0)]
    guard !digests.contains(where: { $0.starts(with: prefix) }) else {
      throw RecordProblem(code: "invalid-hash", "two different digests by one algorithm", at: range)
    }
    digests.append(digest)
  }

  private mutating func decodeRequiresDist(
    from cursor: inout JSONCursor,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    scratch.removeAll(keepingCapacity: true)
    try cursor.beginArray()
    while try cursor.nextElement() {
      let requirement = try cursor.string()
      let start = scratch.count
      cursor.append(requirement, to: &scratch)
      guard !scratch[start...].contains(0) else {
        throw RecordProblem(
          code: "invalid-text",
          "a requirement must not hold U+0000",
          at: requirement.range
        )
      }
      scratch.append(0)
    }
    facts.knowsRequiresDist = true
    let requirements = scratch
    facts.requiresDist = interner.store(requirements.span, in: &batch)
  }

  private mutating func coreMetadata(
    from cursor: inout JSONCursor,
    _ batch: inout RecordBatch
  ) throws -> Facts.CoreMetadata {
    if try cursor.peekKind() == .boolean { return try cursor.boolean() ? .present : .absent }
    let string = try cursor.string()
    let bytes = Array(cursor.bytes(of: string))
    if bytes.isEmpty { return .unknown }
    if bytes.span.elementsEqual("true") { return .present }
    if bytes.span.elementsEqual("false") { return .absent }
    var digest: [UInt8] = []
    do {
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
        throw DigestList.Problem.notNameAndValue
      }
      try DigestList.appendNormalized(
        name: bytes.span.extracting(..<equals),
        value: bytes.span.extracting((equals + 1)...),
        to: &digest
      )
    } catch {
      if omitsBadDigests { return .present }
      throw RecordProblem(
        code: "invalid-hash",
        "\"core_metadata\" must be true, false or algorithm=digits",
        at: string.range
      )
    }
    return .digest(batch.store(digest.span))
  }

  private mutating func decodeYanked(
    from cursor: inout JSONCursor,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    if try cursor.peekKind() == .boolean {
      if try cursor.boolean() { facts.isYanked = true }
    } else {
      facts.yankedReason = try text(from: &cursor, &batch)
      facts.isYanked = true
    }
  }

  private func size(from cursor: inout JSONCursor) throws -> Int64 {
    let number = try cursor.number()
    guard let size = cursor.integer(number), size >= 0 else {
      throw RecordProblem(
        code: "wrong-type",
        "\"size\" must be a whole number of bytes",
        at: number.range
      )
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
    guard let time = Timestamp(rfc3339: cursor.bytes(of: string)) else {
      throw RecordProblem(
        code: "invalid-time",
        "\"upload_time\" must be a time such as 2026-11-22T09:30:00Z",
        at: string.range
      )
    }
    facts.uploadTime = time
  }
}
