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
  let isOptional: Bool
  /// The source whose records only it sees, if it is a transform of one.
  let source: String?
  let element: PlacedElement

  /// What messages call it, such as `sink "site"`.
  var name: String { "\(kind) \"\(id)\"" }

  /// The line that its object begins on.
  var line: Int { element.text.location(of: element.value.range.lowerBound).line }
}
