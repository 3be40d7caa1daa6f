public import IndexModel
public import IndexPipeline

/// Gives records metadata: values that beat what is known, and defaults that do not.
///
/// With `where` this is a yank by policy, or a hot-fix of `requires_python`.
public struct SetTransform: Transform {
  /// The type `set`.
  public static let info = StageInfo(
    type: "set",
    summary: "Gives the files metadata: `values` beat what is known, `defaults` do not.",
    example:
      #"{ "type": "set", "where": { "project": "acme", "version": "==1.2" }, "#
      + #""values": { "yanked": "loses data" } }"#,
    synonyms: ["patch", "override", "defaults", "yank", "fix", "update"]
  )

  /// A record is edited by itself.
  public static var scope: TransformScope { .record }

  /// Values that beat what is known.
  public let values: RecordPatch?
  /// Values for what is not known.
  public let defaults: RecordPatch?

  /// Creates a transform; see the properties for what its parts are.
  public init(values: RecordPatch? = nil, defaults: RecordPatch? = nil) {
    self.values = values
    self.defaults = defaults
  }

  /// Reads `values` and `defaults`, one of which must be given.
  public init(from settings: inout Settings) {
    let refused = [
      (key: "filename", reason: "a file name is what a record is of: it cannot be set"),
      (key: "url", reason: "a URL belongs to one file: use the transform \"rename-url\""),
    ]
    values = settings.patch(
      "values",
      "Keys of records and their values, whatever is known; `null` takes one away.",
      refusing: refused,
      example: #"{ "requires_python": ">=3.9" }"#
    )
    defaults = settings.patch(
      "defaults",
      "Keys of records and their values where nothing is known.",
      refusing: refused,
      example: #"{ "uploaded_by": "build" }"#
    )
    if !settings.isGiven("values"), !settings.isGiven("defaults") {
      settings.refuse(
        "missing-field",
        "this transform needs \"values\" or \"defaults\"",
        field: nil
      )
    }
  }

  /// Edits all records.
  public func apply(to records: inout RecordEditor) async throws {
    for index in records.indices {
      if let defaults { records.apply(defaults, to: index, overwrites: false) }
      if let values { records.apply(values, to: index) }
    }
  }
}
