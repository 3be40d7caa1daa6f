/// What a project says of its state.
///
/// Source: PEP 792 and the specification "Project status markers".
public struct ProjectStatus: Sendable {
  /// The states.
  public enum Marker: String, Sendable, CaseIterable {
    /// Nothing is to be said of the project.
    case active
    /// No more releases are to be expected.
    case archived
    /// The project is held to be unsafe: its files must not be offered.
    case quarantined
    /// The project is superseded or given up.
    case deprecated
  }

  /// The state.
  public let marker: Marker
  /// Why, for people; empty if nobody said.
  public let reason: String

  /// Creates a status.
  public init(_ marker: Marker, reason: String = "") {
    self.marker = marker
    self.reason = reason
  }
}
