/// Something that a person should know about a pipeline or a run, as a value.
///
/// Text for people, JSON, the annotations of GitHub and SARIF are printers of it.
public struct Diagnostic: Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// Nothing is run, or nothing is published.
    case error
    /// The run goes on.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// A short name for the kind of mistake, such as `unknown-field`.
  public var code: String
  /// What is wrong, in one line and in the words of the person.
  public var message: String
  /// The place in a text of the person, if there is one.
  public var excerpt: Excerpt?
  /// More facts and remedies, in the order they are read.
  public var remarks: [Remark]

  /// Creates a diagnostic; see the properties for what its parts are.
  public init(
    _ severity: Severity = .error,
    code: String,
    _ message: String,
    excerpt: Excerpt? = nil,
    remarks: [Remark] = []
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.excerpt = excerpt
    self.remarks = remarks
  }
}

/// A line below a diagnostic, such as `note: ...`.
public struct Remark: Sendable, Equatable {
  /// The word before the colon, such as `note`, `help`, `got` or `at`; empty for none.
  public let label: String
  /// The remark, in one line.
  public let text: String
  /// What belongs to it, a line each.
  public let lines: [String]

  /// Creates a remark; see the properties for what its parts are.
  public init(_ label: String, _ text: String, lines: [String] = []) {
    self.label = label
    self.text = text
    self.lines = lines
  }

  /// A fact.
  public static func note(_ text: String) -> Remark { Remark("note", text) }

  /// What the person can do about it.
  public static func help(_ text: String) -> Remark { Remark("help", text) }
}
