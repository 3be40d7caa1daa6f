import StrictJSON

/// Records read together, with the bytes of their texts.
///
/// Sources yield batches of thousands of records, so that nothing is paid per record for the way
/// from one stage to the next.
public struct RecordBatch: Sendable {
  /// The texts of all records.
  public package(set) var text: [UInt8] = []
  /// The records, in the order of the source.
  public package(set) var records: [Record] = []
  /// What is known of them beside their file names.
  public package(set) var facts: [Facts] = []

  /// What was said of the state of projects, by normalized name.
  package private(set) var statuses: [[UInt8]: ProjectStatus] = [:]

  /// Creates an empty batch.
  public init() {}

  /// Creates an empty batch with a text that records will have parts of.
  package init(text: consuming [UInt8]) { self.text = text }

  /// Reads records from lines of JSON, all of which must be right.
  ///
  /// - Throws: `RecordProblem` of the first line that is not.
  public init(jsonLines text: borrowing Span<UInt8>) throws(RecordProblem) {
    var decoder = RecordDecoder()
    var (start, number) = (0, 1)
    while start < text.count {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      try decoder.decode(line: text.extracting(start..<end), number: number, into: &self)
      (start, number) = (end + 1, number + 1)
    }
  }

  /// Creates a batch of the records of others, in order.
  ///
  /// - Parameter parts: The batches, each with the number of lines before its first.
  /// - Complexity: O(bytes).
  package init(joining parts: consuming [(batch: RecordBatch, afterLine: Int)]) {
    if parts.count == 1, parts[0].afterLine == 0 {
      self = parts[0].batch
      return
    }
    // With room for the names of projects, which a catalog puts behind them.
    let textCount = parts.reduce(0) { $0 + $1.batch.text.count }
    text.reserveCapacity(textCount + textCount / 16)
    records.reserveCapacity(parts.reduce(0) { $0 + $1.batch.records.count })
    facts.reserveCapacity(parts.reduce(0) { $0 + $1.batch.facts.count })
    for index in parts.indices {
      // What is copied is let go at once.
      var batch = RecordBatch()
      swap(&batch, &parts[index].batch)
      append(batch, afterLine: parts[index].afterLine)
    }
  }

  /// What is known of `record`, one of this batch.
  public func facts(of record: Record) -> Facts {
    record.facts < 0 ? .unknown : facts[Int(record.facts)]
  }

  /// Adds a record that has only a file name.
  ///
  /// - Throws: `FilenameProblem` if the name cannot be in an index.
  public mutating func append(
    filename: borrowing Span<UInt8>,
    line: Int
  ) throws(FilenameProblem) {
    append(filename: filename, try DistributionFilename(filename), line: line)
  }

  private mutating func append(
    filename: borrowing Span<UInt8>,
    _ name: DistributionFilename,
    line: Int
  ) {
    records.append(
      Record(
        filename: store(filename),
        name: name,
        facts: -1,
        line: UInt32(clamping: line),
        source: 0
      )
    )
  }

  /// Adds a record of which more is known; the texts of `facts` are stored in this batch.
  mutating func append(
    filename: borrowing Span<UInt8>,
    facts new: Facts,
    line: Int
  ) throws(FilenameProblem) {
    append(filename: filename, try DistributionFilename(filename), facts: new, line: line)
  }

  /// Adds a record whose file name was parsed already.
  mutating func append(
    filename: borrowing Span<UInt8>,
    _ name: DistributionFilename,
    facts new: Facts,
    line: Int
  ) {
    append(filename: filename, name, line: line)
    records[records.count - 1].facts = Int32(facts.count)
    facts.append(new)
  }

  /// Says what the record that was added last is described by; both texts lie in ``text`` already.
  package mutating func describeLast(_ description: TextRange, contentType: TextRange) {
    guard let place = records.last?.facts, place >= 0 else { return }
    facts[Int(place)].description = description
    facts[Int(place)].descriptionContentType = contentType
  }

  /// Makes room for the texts of records.
  public mutating func reserve(byteCount: Int) { text.reserveCapacity(byteCount) }

  /// Copies a text into the batch.
  mutating func store(_ bytes: borrowing Span<UInt8>) -> TextRange {
    let start = text.count
    text.append(contentsOf: bytes)
    return TextRange(start..<text.count)
  }

  /// Copies a text into the batch, unless it is empty.
  mutating func store(text: [UInt8]) -> TextRange {
    text.isEmpty ? .none : store(text.span)
  }

  /// Adds the records of another batch behind those of this one.
  ///
  /// - Parameters:
  ///   - other: The batch to add.
  ///   - line: The number of lines before the first of `other`.
  /// - Complexity: O(bytes of `other`).
  public mutating func append(_ other: consuming RecordBatch, afterLine line: Int = 0) {
    if records.isEmpty, text.isEmpty, statuses.isEmpty, line == 0 {
      self = other
      return
    }
    let (distance, base) = (text.count, Int32(facts.count))
    text.append(contentsOf: other.text)
    facts.append(contentsOf: other.facts.lazy.map { $0.shifted(by: distance) })
    statuses.merge(other.statuses) { known, _ in known }
    records.append(
      contentsOf: other.records.lazy.map { record in
        var record = record
        record.filename = record.filename.shifted(by: distance)
        record.line += UInt32(clamping: line)
        if record.facts >= 0 { record.facts += base }
        return record
      }
    )
  }

  /// Says what state a project is in, whether or not a record of it is here.
  ///
  /// - Parameters:
  ///   - status: The state; what was said before is forgotten.
  ///   - project: The normalized name.
  public mutating func setStatus(
    _ status: ProjectStatus,
    ofProject project: borrowing Span<UInt8>
  ) {
    statuses[Array(project)] = status
  }

  /// Says that records are from one source.
  ///
  /// - Parameters:
  ///   - source: Its number in the pipeline, from 0.
  ///   - start: The first of the records.
  public mutating func setSource(_ source: Int, from start: Int = 0) {
    for index in start..<records.count { records[index].source = UInt16(clamping: source) }
  }
}
