import StrictJSON

extension PipelineFile {
  /// Reads the projects for which another policy holds.
  func exceptions(in settings: inout Settings) -> [Merge.Exception] {
    let spec = FieldSpec(
      "exceptions",
      "Projects for which another policy holds: the conditions, a policy, and the reason why it is "
        + "safe.",
      Self.exceptionShape,
      example: """
        [{ "project": "torch", "policy": "union-files", "reason": "CPU builds come from PyPI" }]
        """
    )
    settings.look(at: spec)
    if let field = settings.value["exceptions"] {
      settings.note("exceptions", field.compact, at: field.range)
    }
    guard let field = settings.value["exceptions"] else { return [] }
    guard let array = field.elements else {
      settings.refuseKind(of: spec, field)
      return []
    }
    let pointer = settings.pointer.appending(key: "exceptions")
    let elements = elements(of: array, at: pointer, in: settings.file)
    // Exceptions are shown as one, so that what is in them has no place of its own.
    return elements.compactMap { exception($0, nil) }
  }

  private static func policyAndReason(in settings: inout Settings) -> (Merge.Policy, String) {
    let policy = settings.choice(
      "policy",
      "Which source gives the files of these projects.",
      default: Merge.Policy.unionFiles
    )
    let reason = settings.requiredString(
      "reason",
      "Why that is safe.",
      example: "CPU builds come from PyPI"
    )
    return (policy, reason)
  }

  /// What is said of some projects, beside the conditions that they meet.
  private static var exceptionShape: FieldSpec.Shape {
    var blank = Settings.blank(owner: "an exception")
    _ = policyAndReason(in: &blank)
    return .list(.object(blank.fields + Matcher.fields))
  }

  private func exception(_ element: PlacedElement, _ effective: JSONPointer?) -> Merge.Exception? {
    var settings = Settings(
      owner: "an exception",
      element.value,
      at: element.pointer,
      in: element.text,
      topic: .part(of: "\"merge\"", fields: ["policy", "order"]),
      effective: effective
    )
    guard element.value.members != nil else {
      settings.refuse("wrong-type", "an exception must be an object", at: element.value.range)
      return nil
    }
    let (policy, reason) = Self.policyAndReason(in: &settings)
    let projects = settings.conditions()
    settings.finish()
    return projects.map { Merge.Exception($0, policy, reason: reason) }
  }
}
