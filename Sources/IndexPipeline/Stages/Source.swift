public import IndexModel
import StrictJSON

/// A place that records are read from.
///
/// Contract, checked for every source:
/// 1. `read` yields all records or throws; it never yields a part for the whole.
/// 2. The same input yields the same records in the same order.
/// 3. What is left out is said with ``SourceOutput/skip(_:)``.
public protocol Source: Stage {
  /// What messages call the records that it gives, such as `records`.
  static var countedThings: String { get }

  /// What messages call the place, such as a path.
  var place: String { get }

  /// Reads all records.
  ///
  /// - Parameter output: Takes the records.
  /// - Throws: `StageFailure` if the place cannot be read or holds what must not be published.
  func read(into output: inout SourceOutput) async throws
}

extension Source {
  /// Records.
  public static var countedThings: String { "records" }
}

/// Takes the records of one source.
public struct SourceOutput: Sendable {
  /// The run, and how to bear with places that are only busy.
  public let context: StageContext
  /// The records so far.
  public private(set) var batch = RecordBatch()
  /// The lines that were left out.
  public private(set) var skipped: [SkippedLine] = []
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
  public mutating func append(_ batch: consuming RecordBatch, afterLine line: Int = 0) {
    self.batch.append(batch, afterLine: line)
  }

  /// Adds a record of which only the file name is known.
  ///
  /// For more than a few thousand, fill a batch and append it at once.
  ///
  /// - Throws: `StageFailure` when the name cannot be in an index.
  public mutating func append(filename: String) throws(StageFailure) {
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
    do throws(RecordProblem) {
      var decoder = RecordDecoder()
      try decoder.decode(line: json.utf8Span.span, number: 0, into: &batch)
    } catch {
      throw StageFailure(.data, code: error.code, error.message)
    }
  }

  /// Says that a line was left out.
  public mutating func skip(_ line: SkippedLine) { skipped.append(line) }

  /// Says what a person should know.
  public mutating func warn(_ message: String) { warnings.append(message) }

  mutating func takeBatch() -> RecordBatch {
    defer { batch = RecordBatch() }
    return batch
  }
}

/// A line of a source that is no record.
public struct SkippedLine: Sendable {
  /// Where the line is.
  public let excerpt: Excerpt
  /// A short name for the kind of mistake.
  public let code: String
  /// Why it was left out.
  public let reason: String

  /// Creates a skipped line.
  ///
  /// - Parameters:
  ///   - excerpt: Where the line is.
  ///   - code: A short name for the kind of mistake.
  ///   - reason: Why it was left out.
  public init(_ excerpt: Excerpt, code: String, reason: String) {
    self.excerpt = excerpt
    self.code = code
    self.reason = reason
  }
}

/// What a source does with a line that is no record.
public enum BadLinePolicy: Sendable {
  /// The run stops at the first.
  case fail
  /// Lines are left out, said and counted.
  case skip
  /// Lines whose file name cannot be in an index are left out; any other mistake stops the run.
  case skipFilenames
}
