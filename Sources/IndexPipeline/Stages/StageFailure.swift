/// Why a stage could not do its work, in a class that tells the runner and the caller what to do.
public struct StageFailure: Error, Sendable {
  /// The classes of failure; each has an exit status of its own.
  public enum Kind: Sendable, Hashable {
    /// The pipeline or the flags are wrong.
    case config
    /// A source delivered something that must not be published.
    case data
    /// A source or a sink answered no for good.
    case unavailable
    /// A guard refused to publish.
    case refused
    /// Something may go well later: a timeout, a place that is busy or wants to be left alone.
    ///
    /// The framework, and never a stage, tries again, after the time that the place asked for.
    case transient(retryAfter: Duration?)
    /// A sink could not be written.
    case publish
    /// What should follow a publication failed; the index is published.
    case hook
    /// The run was told to stop.
    case cancelled
    /// An error in Larder.
    case bug
  }

  /// The class.
  public let kind: Kind
  /// What happened, where, and what can be done about it.
  public var diagnostic: Diagnostic
  /// Whether readers can see a part of a publication.
  public var isPartial = false
  /// Whether it was tried as often as it may be.
  var isExhausted = false

  /// Creates a failure; see the properties for what its parts are.
  public init(_ kind: Kind, _ diagnostic: Diagnostic) {
    self.kind = kind
    self.diagnostic = diagnostic
  }

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
    let remarks = notes.map { Remark.note($0) } + (help.map { [Remark.help($0)] } ?? [])
    let diagnostic = Diagnostic(code: code, message, excerpt: excerpt, remarks: remarks)
    self.init(kind, diagnostic)
  }

  /// A short name for the kind of mistake, such as `unsafe-filename`.
  public var code: String { diagnostic.code }
  /// What happened, in one line that names the place.
  public var message: String { diagnostic.message }
  /// The place in a text of the person, if there is one.
  public var excerpt: Excerpt? { diagnostic.excerpt }
  /// More facts, a line each.
  public var notes: [String] { texts(of: "note") }
  /// What the person can do about it.
  public var help: String? { texts(of: "help").first }

  private func texts(of label: String) -> [String] {
    diagnostic.remarks.filter { $0.label.utf8.elementsEqual(label.utf8) }.map(\.text)
  }
}
