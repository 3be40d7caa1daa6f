/// A place that records are read from.
///
/// Contract, checked for every source:
/// 1. `read` yields all records or throws; it never yields a part for the whole.
/// 2. The same input yields the same records in the same order.
/// 3. What is left out is said with ``SourceOutput/skip(_:)``.
public protocol Source: Stage {
  /// What messages call the records that it gives, such as `records`.
  static var countedThings: String { get }

  /// What messages call the place, such as a path.
  var place: String { get }

  /// Reads all records.
  ///
  /// - Parameter output: Takes the records.
  /// - Throws: `StageFailure` if the place cannot be read or holds what must not be published.
  func read(into output: inout SourceOutput) async throws
}

extension Source {
  /// Records.
  public static var countedThings: String { "records" }
}

/// What a source does with a line that is no record.
public enum BadLinePolicy: Sendable {
  /// The run stops at the first.
  case fail
  /// Lines are left out, said and counted.
  case skip
  /// Lines whose file name cannot be in an index are left out; any other mistake stops the run.
  case skipFilenames
}
