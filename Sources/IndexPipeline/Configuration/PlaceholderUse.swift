/// A placeholder of a pipeline file, and whether there is a value for it.
public struct PlaceholderUse: Sendable {
  /// Where the value comes from.
  public enum Source: String, Sendable {
    /// A variable of the environment.
    case variable
    /// A file.
    case file
  }

  /// What is known of the value.
  public enum State: Sendable, Equatable {
    /// There is one.
    case found
    /// The default that the file gives is taken.
    case fallback
    /// There is none, for a reason such as `not set`.
    case missing(String)
    /// Nobody looked.
    case unknown
  }

  /// Where the value comes from.
  public let source: Source
  /// The name of the variable, or the path of the file.
  public let name: String
  /// The default that the pipeline file gives, if it does.
  public let fallback: String?
  /// Where the placeholder stands.
  public let place: Place
  /// What is known of the value.
  public let state: State
}
