import StrictJSON

extension PipelineFile {
  /// Reads the projects for which another policy holds.
  func exceptions(in settings: inout Settings) -> [Merge.Exception] {
    let spec = FieldSpec(
      "exceptions",
      "Projects for which another policy holds: the conditions, a policy, and the reason why it is "
        + "safe.",
      .list(.any),
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
    return elements.enumerated().compactMap { index, element in
      exception(element, settings.effective.appending(key: "exceptions").appending(index: index))
    }
  }

  private func exception(_ element: PlacedElement, _ effective: JSONPointer) -> Merge.Exception? {
    var settings = Settings(
      owner: "an exception",
      element.value,
      at: element.pointer,
      in: element.text,
      topic: .part(of: "\"merge\"", fields: ["policy", "order"]),
      effective: effective
    )
    guard let members = element.value.members else {
      settings.refuse("wrong-type", "an exception must be an object", at: element.value.range)
      return nil
    }
    let policy = settings.choice("policy", "", default: Merge.Policy.unionFiles)
    let reason = settings.requiredString("reason", "", example: "CPU builds come from PyPI")
    let own = ["policy", "reason", "$comment"]
    let rest = members.filter { member in
      !own.contains { $0.utf8.elementsEqual(member.key.utf8) }
    }
    if rest.isEmpty {
      settings.refuse(
        "missing-field",
        "an exception needs a condition, such as \"project\"",
        at: settings.opening
      )
    }
    // The conditions stand beside the policy; what reads them wants them as a field.
    let conditions = JSONValue(payload: .object(rest), range: element.value.range)
    let key = "\(element.index)"
    let field = JSONMember(key: key, keyRange: element.value.range, value: conditions)
    var around = Settings(
      owner: "an exception",
      JSONValue(payload: .object([field]), range: element.value.range),
      at: element.array,
      in: element.text
    )
    return around.matcher(key, "").map { Merge.Exception($0, policy, reason: reason) }
  }
}
