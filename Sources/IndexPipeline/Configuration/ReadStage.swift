import StrictJSON

/// A stage that was read, and the settings of the framework beside it.
struct ReadStage {
  let kind: StageKind
  let id: String
  let type: String
  let stage: any Stage
  /// Whether it runs; `nil` if a placeholder decides that nobody looked for.
  let isEnabled: Bool?
  let transforms: [Pipeline.TransformStep]
  let condition: Matcher?
  /// How often something is tried again, if it is a source or a sink.
  let retry: RetryPolicy
  let isOptional: Bool
  /// The source whose records only it sees, if it is a transform of one.
  let source: String?
  let element: PlacedElement

  /// The places that it reads and writes.
  var claims: [Claim] {
    stage.claims + (condition?.files ?? []).map { Claim(.reads, $0, field: "where") }
  }

  /// What messages call it, such as `sink "site"`.
  var name: String { "\(kind) \"\(id)\"" }

  /// Where its object begins.
  var place: Place { element.text.place(of: element.value.range, element.pointer) }
}
