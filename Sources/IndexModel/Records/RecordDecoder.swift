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
  public internal(set) var linesWithBadDigests: [Int] = []

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
    digests.removeAll()
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
        let start = cursor.offset
        try decodeValue(of: key, from: &cursor, number: number, into: &facts, &batch)
        if key == .url { urlPlace = start..<cursor.offset }
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
    let known =
      text.hasEscapes
      ? RecordKey(decoded(text, in: cursor).span) : RecordKey(cursor.bytes(of: text))
    guard let known else {
      let name = String(decoding: cursor.bytes(of: text))
      throw RecordProblem(code: "unknown-key", "a record has no key \"\(name)\"", at: text.range)
    }
    return known
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
    facts: Facts,
    urlPlace: Range<Int>,
    line number: Int,
    _ cursor: borrowing JSONCursor,
    into batch: inout RecordBatch
  ) throws {
    var facts = facts
    if !digests.isEmpty { facts.hashes = digests.store(in: &batch) }
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
