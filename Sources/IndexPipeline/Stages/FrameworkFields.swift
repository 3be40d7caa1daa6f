/// The fields that every stage of a kind has, whatever its type; no stage may have one of its own
/// by such a name.
package enum FrameworkFields {
  static let type = FieldSpec("type", "What the stage is.", .string, isRequired: true)
  static let id = FieldSpec(
    "id",
    "The name of the stage in messages and reports; its type if it is not given.",
    .id,
    example: "\"internal\""
  )
  static let description = FieldSpec(
    "description",
    "What the stage is there for, for people.",
    .string
  )
  static let enabled = FieldSpec(
    "enabled",
    "Whether the stage runs; with a placeholder, such as `${env:PUBLISH:-false}`, it is a condition.",
    .boolean,
    fallback: "true"
  )
  static let transforms = FieldSpec(
    "transforms",
    "Transforms for the records of this source only.",
    .stages(.transform)
  )
  static let condition = FieldSpec(
    "where",
    "Which records the transform sees; the others pass.",
    .matcher
  )
  /// What becomes of a run when a sink or a hook fails.
  static func tolerance(of kind: StageKind) -> FieldSpec {
    let rest = kind == .hook ? "; the index is published in any case" : ""
    return FieldSpec(
      "on_error",
      "Whether a failure of this \(kind) fails the run\(rest).",
      .choice(["fail", "warn"]),
      fallback: "\"fail\""
    )
  }

  static var retry: FieldSpec {
    var blank = Settings.blank(owner: "\"retry\"")
    _ = RetryPolicy(from: &blank)
    return FieldSpec("retry", retryDoc, .object(blank.fields))
  }
  fileprivate static let retryDoc = "How often something is tried again that is only busy."

  /// The fields of every stage of a kind.
  package static func specs(of kind: StageKind) -> [FieldSpec] {
    let own =
      switch kind {
      case .source: [transforms, retry]
      case .transform: [condition]
      case .sink: [tolerance(of: kind), retry]
      case .hook: [tolerance(of: kind)]
      }
    return [type, id, description, enabled] + own
  }

  /// The names that a stage of a kind cannot give a field: those in use, and those kept for later.
  static func names(of kind: StageKind) -> Set<String> {
    Set(specs(of: kind).map(\.name) + ["retry", "tags", "if", "needs"])
  }
}

extension Settings {
  /// Reads how often a source or a sink tries again.
  mutating func retry() -> RetryPolicy {
    object("retry", FrameworkFields.retryDoc) { RetryPolicy(from: &$0) }
  }
}
