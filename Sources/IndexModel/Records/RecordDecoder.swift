import StrictJSON

/// Reads records from JSON lines.
///
/// One decoder serves many lines, and reuses its buffers.
public struct RecordDecoder: Sendable {
  /// The longest line that is read, in bytes.
  public static var maximumLineLength: Int { 8 << 20 }

  /// Whether a digest that no installer could use is left out, rather than a mistake of the line.
  public var omitsBadDigests = false
  /// Whether keys pass that follow from the rest.
  ///
  /// They are `project`, `version` and `source`, which programs are told beside the record's own.
  public var acceptsDerivedKeys = false
  /// The lines of which a digest was left out.
  public internal(set) var linesWithBadDigests: [Int] = []

  private static let derivedKeys: [StaticString] = ["project", "version", "source"]

  var interner = TextInterner()
  var scratch: [UInt8] = []
  var digests = DigestListBuilder()

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
    guard line.count <= Self.maximumLineLength else {
      throw RecordProblem(
        code: "line-too-long",
        "a line must not be longer than \(Self.maximumLineLength >> 20) MiB",
        at: Self.maximumLineLength..<line.count
      )
    }
    try classifyingErrors { try decodeRecord(line: line, number: number, into: &batch) }
  }

  /// Reads values for some keys of records, with a file name or without.
  mutating func decodePatch(
    line: borrowing Span<UInt8>
  ) throws(RecordProblem) -> (facts: Facts, text: [UInt8], keys: Set<RecordKey>) {
    var batch = RecordBatch()
    var members = Members()
    try classifyingErrors {
      let line = copy line
      try JSONCursor.validateUTF8(line)
      var cursor = JSONCursor(line, maximumDepth: 8)
      members = try decodeMembers(from: &cursor, number: 0, into: &batch)
      if !digests.isEmpty { members.facts.hashes = digests.store(in: &batch) }
    }
    let keys = RecordKey.allCases.filter { members.keys & 1 << $0.rawValue != 0 }
    return (members.facts, batch.text, Set(keys))
  }

  /// Turns what may be thrown into the one error of a decoder.
  func classifyingErrors(_ body: () throws -> Void) throws(RecordProblem) {
    do {
      try body()
    } catch let error as JSONError {
      throw RecordProblem(error)
    } catch let problem as RecordProblem {
      throw problem
    } catch {
      throw RecordProblem(code: "bug", "\(error)", at: 0..<0)
    }
  }

  /// The members of a record's object.
  private struct Members {
    /// A bit for each key that is there.
    var keys: UInt32 = 0
    var filename: JSONString?
    var facts = Facts()
    var urlPlace = 0..<0
  }

  private mutating func decodeRecord(
    line: borrowing Span<UInt8>,
    number: Int,
    into batch: inout RecordBatch
  ) throws {
    let line = copy line
    try JSONCursor.validateUTF8(line)
    var cursor = JSONCursor(line, maximumDepth: 8)
    let members = try decodeMembers(from: &cursor, number: number, into: &batch)
    guard let filename = members.filename else {
      throw RecordProblem(
        code: "missing-key",
        "a record needs the key \"filename\"",
        at: 0..<line.count
      )
    }
    try store(filename, members, line: number, cursor, into: &batch)
  }

  private mutating func decodeMembers(
    from cursor: inout JSONCursor,
    number: Int,
    into batch: inout RecordBatch
  ) throws -> Members {
    var members = Members()
    digests.removeAll()
    try cursor.beginObject()
    while let keyText = try cursor.nextKey() {
      guard let key = try key(keyText, in: cursor) else {
        try cursor.skipValue()
        continue
      }
      guard members.keys & 1 << key.rawValue == 0 else {
        throw RecordProblem(
          code: "duplicate-key",
          "the key \"\(key.name)\" is given twice",
          at: keyText.range
        )
      }
      members.keys |= 1 << key.rawValue
      if try cursor.peekKind() == .null {
        try cursor.null()
      } else if key == .filename {
        members.filename = try cursor.string()
      } else {
        let start = cursor.offset
        try decodeValue(of: key, from: &cursor, number: number, into: &members.facts, &batch)
        if key == .url { members.urlPlace = start..<cursor.offset }
      }
    }
    try cursor.finish()
    return members
  }

  /// The key of a member, or `nil` if it says nothing new.
  private func key(_ text: JSONString, in cursor: borrowing JSONCursor) throws -> RecordKey? {
    let known =
      text.hasEscapes
      ? RecordKey(decoded(text, in: cursor).span) : RecordKey(cursor.bytes(of: text))
    if let known { return known }
    let isDerived = Self.derivedKeys.contains { cursor.isEqual(text, to: $0) }
    if acceptsDerivedKeys && isDerived { return nil }
    let name = String(decoding: cursor.bytes(of: text))
    throw RecordProblem(code: "unknown-key", "a record has no key \"\(name)\"", at: text.range)
  }

  /// A string for which no escape is to be expected, but any is allowed: some writers escape `=`
  /// and `+`.
  func decoded(_ text: JSONString, in cursor: borrowing JSONCursor) -> [UInt8] {
    var bytes: [UInt8] = []
    cursor.append(text, to: &bytes)
    return bytes
  }

  private mutating func store(
    _ filename: JSONString,
    _ members: Members,
    line number: Int,
    _ cursor: borrowing JSONCursor,
    into batch: inout RecordBatch
  ) throws {
    var facts = members.facts
    if !digests.isEmpty { facts.hashes = digests.store(in: &batch) }
    scratch.removeAll(keepingCapacity: true)
    cursor.append(filename, to: &scratch)
    if !facts.url.isEmpty,
      let problem = RecordURL.problem(of: batch.text.span[facts.url], filename: scratch.span)
    {
      throw RecordProblem(code: "invalid-url", problem, at: members.urlPlace)
    }
    do {
      try batch.append(filename: scratch.span, facts: facts, line: number)
    } catch {
      throw RecordProblem(error, at: filename.range)
    }
  }
}
