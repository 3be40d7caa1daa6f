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
