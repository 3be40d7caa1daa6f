/// Why a stage could not do its work, in a class that tells the runner and the caller what to do.
public struct StageFailure: Error, Sendable {
  /// The classes of failure; each has an exit status of its own.
  public enum Kind: Sendable {
    /// The pipeline or the flags are wrong.
    case config
    /// A source delivered something that must not be published.
    case data
    /// A source or a sink answered no for good.
    case unavailable
    /// A guard refused to publish.
    case refused
    /// A sink could not be written.
    case publish
    /// An error in Larder.
    case bug
  }

  /// The class.
  public let kind: Kind
  /// A short name for the kind of mistake, such as `unsafe-filename`.
  public let code: String
  /// What happened, in one line that names the place.
  public let message: String
  /// The place in a text of the person, if there is one.
  public let excerpt: Excerpt?
  /// More facts, a line each.
  public let notes: [String]
  /// What the person can do about it.
  public let help: String?

  /// Creates a failure.
  ///
  /// - Parameters:
  ///   - kind: The class.
  ///   - code: A short name in kebab-case.
  ///   - message: What happened, in one line that names the place.
  ///   - excerpt: The place in a text of the person, if there is one.
  ///   - notes: More facts, a line each.
  ///   - help: What the person can do about it.
  public init(
    _ kind: Kind,
    code: String,
    _ message: String,
    excerpt: Excerpt? = nil,
    notes: [String] = [],
    help: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.message = message
    self.excerpt = excerpt
    self.notes = notes
    self.help = help
  }
}
