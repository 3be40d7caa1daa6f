import IndexModel
public import IndexPipeline
import StrictJSON

/// A source of lines in memory: JSON if they begin with a brace, else file names.
public struct MemorySource: Source {
  /// The type `memory`.
  public static let info = StageInfo(
    type: "memory",
    summary: "Gives records that stand in the pipeline file.",
    example: #"{ "type": "memory", "lines": ["acme-1.0.tar.gz"] }"#
  )

  /// The lines.
  public var lines: [String]
  /// What it fails with after it gave its records, if it does.
  public var failure: StageFailure?

  /// Creates a source; see the properties for what its parts are.
  public init(_ lines: [String], failure: StageFailure? = nil) {
    (self.lines, self.failure) = (lines, failure)
  }

  /// Reads `lines`.
  public init(from settings: inout Settings) {
    lines = settings.strings("lines", "The records.", example: ["acme-1.0.tar.gz"])
  }

  /// The type `memory`.
  public var place: String { "memory" }

  /// Reads all lines; those that are no record are skipped.
  public func read(into output: inout SourceOutput) async throws {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    for (index, line) in lines.enumerated() {
      do {
        if line.utf8.first == UInt8(ascii: "{") {
          try decoder.decode(line: line.utf8Span.span, number: index + 1, into: &batch)
        } else {
          try batch.append(filename: line.utf8Span.span, line: index + 1)
        }
      } catch {
        let excerpt = Excerpt(path: place, line: index + 1, text: Array(line.utf8), range: 0..<1)
        output.skip(SkippedLine(excerpt, code: "bad-line", reason: "\(error)"))
      }
    }
    output.byteCount += lines.reduce(0) { $0 + $1.utf8.count }
    output.append(batch)
    if let failure { throw failure }
  }
}
