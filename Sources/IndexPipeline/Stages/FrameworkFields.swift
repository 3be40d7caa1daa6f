/// What the framework reads of a stage, whatever its type; no stage may have a field of its own by
/// such a name.
package struct FrameworkFields {
  private enum Tolerance: String, CaseIterable {
    case fail, warn
  }

  /// Whether the stage runs.
  let isEnabled: Bool
  /// Which records a transform sees.
  let condition: Matcher?
  /// Whether the run goes on when a sink fails.
  let isOptional: Bool

  /// Reads the fields of every stage of a kind but `type` and `id`, which name it in messages.
  init(of kind: StageKind, from settings: inout Settings) {
    _ = settings.string("description", "What the stage is there for, for people.")
    isEnabled = settings.boolean(
      "enabled",
      "Whether the stage runs; with a placeholder, such as `${env:PUBLISH:-false}`, it is a "
        + "condition.",
      default: true
    )
    condition =
      kind == .transform
      ? settings.matcher("where", "Which records the transform sees; the others pass.") : nil
    if kind == .source { _ = settings.ask(Self.transforms) }
    let tolerance =
      kind == .sink
      ? settings.choice(
        "on_error",
        "Whether a failure of this sink fails the run.",
        default: Tolerance.fail
      ) : .fail
    isOptional = tolerance == .warn
  }

  /// The fields of every stage of a kind.
  package static func specs(of kind: StageKind) -> [FieldSpec] {
    var blank = Settings.blank(owner: "\(kind)")
    _ = FrameworkFields(of: kind, from: &blank)
    return [type, id] + blank.fields
  }

  /// The names that a stage of a kind cannot give a field: those in use, and those kept for later.
  static func names(of kind: StageKind) -> Set<String> {
    Set(specs(of: kind).map(\.name) + ["timeout", "retry", "tags", "if", "needs"])
  }

  private static let type = FieldSpec("type", "What the stage is.", .string, isRequired: true)
  private static let id = FieldSpec(
    "id",
    "The name of the stage in messages and reports; its type if it is not given.",
    .id,
    example: "\"internal\""
  )
  private static let transforms = FieldSpec(
    "transforms",
    "Transforms for the records of this source only.",
    .stages(.transform)
  )
}
