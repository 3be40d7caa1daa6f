import IndexModel
import StrictJSON

/// Reads the conditions of a pipeline file.
struct MatcherReader {
  let file: PipelineText
  /// The stage, such as `transform "no-debug"`, for what a run says.
  let owner: String
  /// What messages call the object, such as `"drop"`.
  let name: String

  /// Reads an object.
  ///
  /// - Returns: `nil` if it is wrong, which was said.
  func tree(of value: JSONValue, at pointer: JSONPointer) -> ConditionTree? {
    var settings = Settings(owner: name, value, at: pointer, in: file)
    settings.ignore("$comment")
    let tree = tree(in: &settings)
    settings.finish()
    return tree
  }

  /// Reads the conditions among the fields of an object.
  ///
  /// - Parameter isInline: Whether the object has other fields too.
  func tree(in settings: inout Settings, isInline: Bool = false) -> ConditionTree? {
    let known = Matcher.fields
    let given = (settings.value.members ?? []).map(\.key)
    let hasCondition = known.contains { spec in
      given.contains { $0.utf8.elementsEqual(spec.name.utf8) }
    }
    // A mistyped condition has a message of its own.
    let hasOther = !isInline && given.contains { $0.utf8.first != UInt8(ascii: "$") }
    if !hasCondition && !hasOther {
      settings.refuse(
        "empty-matcher",
        "\(name) needs at least one condition",
        field: nil,
        notes: ["conditions: \(known.map(\.name).joined(separator: ", "))"]
      )
    }
    let trees = known.compactMap { spec in
      settings.ask(spec).flatMap { condition($0, spec, &settings) }
    }
    refuseContradictions(trees, in: &settings)
    return trees.count == 1 ? trees[0] : .all(trees)
  }

  private func condition(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> ConditionTree? {
    switch spec.name {
    case "any": return matchers(value, spec, &settings).map { .any($0) }
    case "all": return matchers(value, spec, &settings).map { .all($0) }
    case "not":
      guard value.members != nil else {
        settings.refuseKind(of: spec, value)
        return nil
      }
      guard let inner = tree(of: value, at: settings.pointer.appending(key: spec.name)) else {
        return nil
      }
      return .not(
        inner,
        text: value.asMembers,
        place: place(of: value.range, settings.pointer.appending(key: spec.name))
      )
    default: return leaf(value, spec, &settings).map { .leaf($0) }
    }
  }

  private func matchers(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> [ConditionTree]? {
    guard let elements = value.elements else {
      settings.refuseKind(of: spec, value)
      return nil
    }
    if elements.isEmpty {
      let message = "\"\(spec.name)\" needs at least one matcher"
      settings.refuse("empty-matcher", message, at: value.range, spec.name)
    }
    let pointer = settings.pointer.appending(key: spec.name)
    return elements.enumerated().compactMap { index, element in
      let place = pointer.appending(index: index)
      guard element.members != nil else {
        file.refuse(
          "wrong-type",
          "\"\(spec.name)\" must hold objects, not \(element.kind.phrase)",
          at: element.range,
          place
        )
        return nil
      }
      return tree(of: element, at: place)
    }
  }

  /// Where a condition stands.
  func place(of range: Range<Int>, _ pointer: JSONPointer) -> ConditionPlace {
    ConditionPlace(
      owner: owner,
      path: file.path,
      line: file.line(of: range.lowerBound),
      pointer: pointer.description
    )
  }
}
