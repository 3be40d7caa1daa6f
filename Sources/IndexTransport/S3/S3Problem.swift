/// Why an answer of an S3 service is no listing.
public struct S3Problem: Error, Sendable {
  /// One line for people.
  public let message: String

  init(_ message: String) { self.message = message }
}
