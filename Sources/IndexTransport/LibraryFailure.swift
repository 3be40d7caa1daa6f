/// A library of the system that cannot be used.
public struct LibraryFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing, as the loader says, in one line.
  public let reason: String

  init(_ reason: String) { self.reason = reason }

  /// What is missing.
  public var description: String { reason }
}
