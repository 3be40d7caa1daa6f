/// What is done to records between the sources and the catalog.
///
/// Contract, checked for every transform:
/// 1. Every record is kept, or dropped with a reason.
/// 2. Its verdicts do not depend on the order of the records, unless its ``scope`` is the index.
/// 3. It keeps no state: `apply(to:)` may be called from several tasks at once.
public protocol Transform: Stage {
  /// What must be seen at once.
  static var scope: TransformScope { get }

  /// Drops and edits records.
  ///
  /// - Parameter records: Some records, those of one project, or all, as ``scope`` says.
  /// - Throws: `StageFailure`, after which nothing is published.
  func apply(to records: inout RecordEditor) async throws
}

/// What a transform must see at once.
public enum TransformScope: Sendable {
  /// One record at a time: it is called with any share of the records, on all cores.
  case record
  /// All records of a project: it is called for each project.
  case project
  /// All records: it is called once.
  case index
}
