/// A library of the system that a description needs and that cannot be used.
public struct MissingLibrary: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing, as the loader says, in one line.
  public let reason: String

  /// What is missing.
  public var description: String { reason }
}
