public import IndexPipeline
import IndexTransport

/// Reads a list from standard input: one file name a line, or one record in JSON a line.
public struct StdinSource: Source {
  /// The type `stdin`.
  public static let info = StageInfo(
    type: "stdin",
    summary: "Reads a list from standard input: one file name, or one record in JSON, a line.",
    example: #"{ "type": "stdin", "format": "jsonl" }"#,
    synonyms: ["-", "pipe"]
  )

  /// How the lines are written.
  public let format: ListFormat
  /// What to do with a line that is no record.
  public let badLines: BadLinePolicy
  private let title: String

  /// Creates a source; see the properties for what its parts are.
  public init(format: ListFormat = .detect, badLines: BadLinePolicy = .fail) {
    self.format = format
    self.badLines = badLines
    title = "-"
  }

  /// Reads `format` and `on_error`.
  public init(from settings: inout Settings) {
    format = settings.listFormat()
    badLines = settings.badLines()
    title = settings.title
  }

  /// Standard input, which only one source can read.
  public var claims: [Claim] { [Claim(.reads, "-", field: "type")] }

  /// What messages call standard input.
  public var place: String { "-" }

  /// Reads all lines.
  ///
  /// - Throws: `StageFailure`: `unavailable` if reading fails, `data` at a bad line.
  public func read(into output: inout SourceOutput) async throws {
    do {
      try await ListReader(place: place, title: title, format: format, badLines: badLines)
        .read(InputFile.standardInput, into: &output)
    } catch let failure as IOFailure {
      throw StageFailure(
        .unavailable,
        code: "cannot-read",
        "cannot read standard input: \(failure.code)"
      )
    }
  }
}
