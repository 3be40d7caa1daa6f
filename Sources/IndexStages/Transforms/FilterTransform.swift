public import IndexPipeline

/// Leaves records out: those that meet `drop`, and those that do not meet `keep`.
public struct FilterTransform: Transform {
  /// The type `filter`.
  public static let info = StageInfo(
    type: "filter",
    summary: "Leaves out the files that meet `drop`, and those that do not meet `keep`.",
    example: #"{ "type": "filter", "drop": { "filename": "*.egg" } }"#,
    synonyms: ["drop", "keep", "exclude", "include", "select", "allow", "deny", "cooldown"]
  )

  /// A record is decided on by itself.
  public static var scope: TransformScope { .record }

  /// What a record must meet to stay.
  public let keep: Matcher?
  /// What a record must not meet to stay.
  public let drop: Matcher?

  /// Creates a filter; see the properties for what its parts are.
  public init(keep: Matcher? = nil, drop: Matcher? = nil) {
    self.keep = keep
    self.drop = drop
  }

  /// Reads `keep` and `drop`, one of which must be given.
  public init(from settings: inout Settings) {
    keep = settings.matcher("keep", "The files that stay; all others are left out.")
    drop = settings.matcher("drop", "The files that are left out, also of those in `keep`.")
    if !settings.isGiven("keep"), !settings.isGiven("drop") {
      settings.refuse("missing-field", "a filter needs \"keep\" or \"drop\"", field: nil)
    }
  }

  /// The files of patterns that the conditions name.
  public var claims: [Claim] {
    (keep?.files ?? []).map { Claim(.reads, $0, field: "keep") }
      + (drop?.files ?? []).map { Claim(.reads, $0, field: "drop") }
  }

  /// Drops records, each with the condition that decided.
  public func apply(to records: inout RecordEditor) async throws {
    var isDropped = [Bool](repeating: false, count: records.indices.count)
    if let drop {
      var dropping = try drop.start()
      for index in records.indices where dropping.matches(records[index]) {
        records.drop(index, because: dropping.reason())
        isDropped[index] = true
      }
    }
    guard let keep else { return }
    var keeping = try keep.start()
    let reason = MatchReason(none: "keep", of: keep)
    for index in records.indices where !isDropped[index] && !keeping.matches(records[index]) {
      records.drop(index, because: reason)
    }
  }
}
