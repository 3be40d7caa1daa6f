/// The fields that every stage of a kind has, whatever its type; no stage may have one of its own
/// by such a name.
package enum FrameworkFields {
  /// The fields of every stage.
  static let all: [FieldSpec] = [
    FieldSpec("type", "What the stage is.", .string, isRequired: true),
    FieldSpec(
      "id",
      "The name of the stage in messages and reports; its type if it is not given.",
      .string,
      example: "\"internal\""
    ),
    FieldSpec(
      "enabled",
      "Whether the stage runs; with a placeholder it is a condition.",
      .boolean,
      fallback: "true",
      example: "\"${env:PUBLISH:-false}\""
    ),
    FieldSpec("description", "What the stage is there for, for people.", .string),
  ]

  /// The fields of every stage of a kind.
  package static func specs(of kind: StageKind) -> [FieldSpec] {
    switch kind {
    case .source: all + [transforms]
    case .transform: all + [condition]
    case .sink: all + [tolerance]
    }
  }

  /// The names that a stage of a kind cannot give a field: those in use, and those kept for later.
  static func names(of kind: StageKind) -> Set<String> {
    Set(specs(of: kind).map(\.name) + ["retry", "tags", "if", "needs"])
  }

  static let transforms = FieldSpec(
    "transforms",
    "Transforms for the records of this source only.",
    .list(.any)
  )
  static let condition = FieldSpec(
    "where",
    "Which records the transform sees; the others pass.",
    .matcher
  )
  static let tolerance = FieldSpec(
    "on_error",
    "Whether a failure of this sink fails the run.",
    .choice(["fail", "warn"]),
    fallback: "\"fail\""
  )
}
