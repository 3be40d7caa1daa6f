public import IndexPipeline
import IndexTransport

/// Reads a list file: one file name a line, or one record in JSON a line.
public struct FileSource: Source {
  /// The type `file`.
  public static let info = StageInfo(
    type: "file",
    summary: "Reads a list file: one file name a line, or one record in JSON a line.",
    example: #"{ "type": "file", "path": "packages.txt" }"#,
    synonyms: ["list", "jsonl", "path"]
  )

  /// The path of the file.
  public let path: String
  /// How its lines are written.
  public let format: ListFormat
  /// What to do with a line that is no record.
  public let badLines: BadLinePolicy
  private let title: String

  /// Creates a source; see the properties for what its parts are.
  public init(path: String, format: ListFormat = .detect, badLines: BadLinePolicy = .fail) {
    self.path = path
    self.format = format
    self.badLines = badLines
    title = path
  }

  /// Reads `path`, `format` and `on_error`.
  public init(from settings: inout Settings) {
    path = settings.requiredPath("path", "The list file.", example: "packages.txt")
    format = settings.listFormat()
    badLines = settings.badLines()
    title = settings.title
  }

  /// The list file.
  public var claims: [Claim] { [Claim(.reads, path, field: "path")] }

  /// The path of the file.
  public var place: String { path }

  /// Reads all lines.
  ///
  /// - Throws: `StageFailure`: `unavailable` if the file cannot be read, `data` at a bad line.
  public func read(into output: inout SourceOutput) async throws {
    do {
      let file = try InputFile.open(path)
      try await ListReader(place: path, title: title, format: format, badLines: badLines)
        .read(file, into: &output)
    } catch let failure as IOFailure {
      throw StageFailure(
        .unavailable,
        code: "cannot-read",
        (title == path ? "" : "\(title): ") + "cannot read \(path): \(failure.code)",
        help: "check the path and its permissions"
      )
    }
  }
}
