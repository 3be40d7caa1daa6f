import StrictJSON

/// Why a line cannot be a record.
public struct RecordProblem: Error, Sendable {
  /// A short name for the kind of mistake.
  public let code: String
  /// What is wrong, in one line.
  public let message: String
  /// The bytes of the line that are wrong.
  public let range: Range<Int>
  /// Whether only the file name is at fault, so that other lines of the source can be trusted.
  public let isFilename: Bool

  init(code: String, _ message: String, at range: Range<Int>, isFilename: Bool = false) {
    self.code = code
    self.message = message
    self.range = range
    self.isFilename = isFilename
  }

  /// Creates the problem of a whole line.
  package init(code: String, _ message: String) {
    self.init(code: code, message, at: 0..<0)
  }

  init(_ error: JSONError) {
    self.init(code: "json-syntax", error.message, at: error.range)
  }

  /// Creates the problem of a file name that stands at `range` of its line.
  public init(_ problem: FilenameProblem, at range: Range<Int>) {
    self.init(code: problem.code, problem.rawValue, at: range, isFilename: true)
  }
}
