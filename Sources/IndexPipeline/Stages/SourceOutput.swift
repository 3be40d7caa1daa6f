public import IndexModel
public import IndexRendering
import StrictJSON

/// Takes the records of one source.
public struct SourceOutput: Sendable {
  /// The run, and how to bear with places that are only busy.
  public let context: StageContext
  /// The records since the last lines that were kept.
  private var batch = RecordBatch()
  /// What was given before them, in order.
  private var earlier: [RecordPart] = []
  /// Made of all records; nil if some of them came as nobody knows.
  private var content: PageDigest? = .ofNoThings
  /// The lines that were left out.
  public private(set) var skipped: [SkippedLine] = []
  /// The files whose bytes are at hand; none if no sink takes them.
  public private(set) var offers: [OfferedFile] = []
  /// Things that a person should know, which leave nothing out.
  public private(set) var warnings: [String] = []
  /// The bytes read.
  public var byteCount = 0

  /// Creates an output without records.
  public init(_ context: StageContext = StageContext(.source, id: "source")) {
    self.context = context
  }

  /// Adds records.
  ///
  /// - Parameters:
  ///   - batch: The records, which follow those added before.
  ///   - line: The number of lines before the first of the batch.
  ///   - digest: What tells the text that they were read from, whatever the order of its parts;
  ///     the next run knows them again by it.
  public mutating func append(
    _ batch: consuming RecordBatch,
    afterLine line: Int = 0,
    from digest: PageDigest? = nil
  ) {
    if let digest { content?.add(digest) } else { content = nil }
    self.batch.append(batch, afterLine: line)
  }

  /// Adds records of one part of many, such as a page, which are joined when they are needed.
  ///
  /// - Parameters:
  ///   - part: The records, which follow those added before.
  ///   - line: The number of lines before the first of the part.
  ///   - digest: What tells the text that they were read from; nil if nobody knows.
  public mutating func append(
    part: consuming RecordBatch,
    afterLine line: Int = 0,
    from digest: PageDigest?
  ) {
    if let digest { content?.add(digest) } else { content = nil }
    seal()
    earlier.append(.read(part, afterLine: line))
  }

  /// Adds records that were kept since an earlier run, to be read when they are needed.
  public mutating func append(_ lines: RecordLines) {
    content?.add(lines.digest)
    seal()
    earlier.append(.kept(lines))
  }

  private mutating func seal() {
    if !batch.records.isEmpty || !batch.statuses.isEmpty {
      earlier.append(.read(batch, afterLine: 0))
    }
    batch = RecordBatch()
  }

  /// Adds a record of which only the file name is known.
  ///
  /// For more than a few thousand, fill a batch and append it at once.
  ///
  /// - Throws: `StageFailure` when the name cannot be in an index.
  public mutating func append(filename: String) throws(StageFailure) {
    content = nil
    do throws(FilenameProblem) {
      try batch.append(filename: filename.utf8Span.span, line: 0)
    } catch {
      throw StageFailure(.data, code: error.code, "\(filename): \(error.rawValue)")
    }
  }

  /// Adds a record that is a line of JSON.
  ///
  /// - Throws: `StageFailure` when it is no record.
  public mutating func append(json: String) throws(StageFailure) {
    content = nil
    do throws(RecordProblem) {
      var decoder = RecordDecoder()
      try decoder.decode(line: json.utf8Span.span, number: 0, into: &batch)
    } catch {
      throw StageFailure(.data, code: error.code, error.message)
    }
  }

  /// Offers the bytes of a distribution.
  ///
  /// They are published if its record, when all transforms have seen it, says their SHA-256.
  public mutating func offer(_ file: OfferedFile) {
    if context.publishedFiles != .none { offers.append(file) }
  }

  /// Says that a line was left out.
  public mutating func skip(_ line: SkippedLine) { skipped.append(line) }

  /// Says what a person should know.
  public mutating func warn(_ message: String) { warnings.append(message) }

  /// How many records there are.
  public var recordCount: Int { earlier.reduce(batch.records.count) { $0 + $1.count } }

  /// What tells whether two runs were given the same and told the same; nil if that is not known.
  var digest: PageDigest? { skipped.isEmpty && warnings.isEmpty ? content : nil }

  /// Gives the records away, and reads those that were kept on all cores.
  ///
  /// - Throws: `StageFailure` if what was kept cannot be read.
  package mutating func takeRecords() async throws -> RecordBatch {
    seal()
    let parts = earlier
    earlier = []
    return try await parts.records()
  }
}
