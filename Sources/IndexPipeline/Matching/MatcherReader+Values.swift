import IndexModel
import StrictJSON

// What the conditions take.
extension MatcherReader {
  /// Reads the value of one condition.
  func leaf(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> Condition? {
    let pointer = settings.pointer.appending(key: spec.name)
    let read: (question: Condition.Question, values: [String])?
    switch spec.name {
    case "project": read = texts(value, spec, .project, &settings)
    case "filename": read = texts(value, spec, .filename, &settings)
    case "python": read = texts(value, spec, .python, &settings)
    case "abi": read = texts(value, spec, .abi, &settings)
    case "platform": read = texts(value, spec, .platform, &settings)
    case "source": read = sources(value, spec, &settings)
    case "version": read = versions(value, spec, &settings)
    case "kind": read = kinds(value, spec, &settings)
    case "prerelease": read = flag(value, spec, &settings) { .isPrerelease($0) }
    case "yanked": read = flag(value, spec, &settings) { .isYanked($0) }
    case "uploaded_after": read = moment(value, spec, &settings) { .uploadedAfter($0) }
    case "uploaded_before": read = moment(value, spec, &settings) { .uploadedBefore($0) }
    case "requires_python_allows": read = pythons(value, spec, &settings)
    case "size": read = size(value, at: pointer, spec, &settings)
    default: read = nil
    }
    return read.map {
      Condition(
        key: spec.name,
        question: $0.question,
        values: $0.values,
        place: place(of: value.range, pointer)
      )
    }
  }

  private typealias Read = (question: Condition.Question, values: [String])

  private func flag(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings,
    _ make: (Bool) -> Condition.Question
  ) -> Read? {
    guard let flag = value.boolean else {
      settings.refuseKind(of: spec, value)
      return nil
    }
    return (make(flag), [value.asLine])
  }

  private func moment(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings,
    _ make: (Moment) -> Condition.Question
  ) -> Read? {
    guard let text = value.string else {
      settings.refuseKind(of: spec, value)
      return nil
    }
    guard let moment = Moment(text.utf8Span.span) else {
      settings.refuse(
        "wrong-value",
        "\"\(spec.name)\" is no moment: \(value.asLine)",
        at: value.range,
        spec.name,
        caret: spec.shape.expectation(of: value),
        notes: ["units of an age: s, m, h, d, w"]
      )
      return nil
    }
    return (make(moment), [value.asLine])
  }

  private func versions(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> Read? {
    let read = each(value, spec, &settings) { text throws(ValueProblem) in
      do throws(InvalidVersionSpecifier) {
        let set = try VersionSpecifierSet(text)
        if !set.clauses.isEmpty { return set }
      } catch {
        throw ValueProblem(
          "\"\(error.clause)\" is not a version specifier",
          caret: "expected an operator and a version, such as \">=1.2,<2\""
        )
      }
      throw ValueProblem("a version specifier must not be empty", caret: "")
    }
    return read.isEmpty ? nil : (.version(read.map(\.0)), read.map(\.1))
  }

  private func kinds(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> Read? {
    let known = DistributionKind.allCases
    let read = each(value, spec, &settings) { text throws(ValueProblem) in
      if let kind = known.first(where: { "\($0)".utf8.elementsEqual(text.utf8) }) { return kind }
      let words = known.map { "\($0)" }
      throw ValueProblem(
        "\"\(text)\" is not a choice for \"kind\"",
        caret: Suggestion.text(for: text, among: words),
        code: "wrong-choice",
        note: "choices: \(words.joined(separator: ", "))"
      )
    }
    return read.isEmpty ? nil : (.kind(read.map(\.0)), read.map(\.1))
  }

  private func pythons(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> Read? {
    let read = each(value, spec, &settings) { text throws(ValueProblem) in
      if let version = Version(text) { return version }
      throw ValueProblem("\"\(text)\" is no version", caret: "expected one such as \"3.11\"")
    }
    return read.isEmpty ? nil : (.allowsPython(read.map(\.0)), read.map(\.1))
  }

  private func size(
    _ value: JSONValue,
    at pointer: JSONPointer,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> Read? {
    guard value.members != nil else {
      settings.refuseKind(of: spec, value)
      return nil
    }
    var inner = Settings(owner: "\"size\"", value, at: pointer, in: file)
    let bounds = Matcher.sizeFields.map { inner.size($0) }
    inner.finish()
    let range = (bounds[0] ?? 0, bounds[1] ?? Int64.max)
    if value.members?.isEmpty == true {
      inner.refuse("empty-matcher", "\"size\" needs \"at_least\" or \"at_most\"", field: nil)
    } else if range.0 > range.1 {
      inner.refuse("never-matches", "no size is at least and at most that", field: "at_least")
      return nil
    }
    return (.size(range.0...range.1), [value.asLine])
  }
}

extension Settings {
  /// Reads a number of bytes.
  fileprivate mutating func size(_ spec: FieldSpec) -> Int64? {
    guard let value = ask(spec) else { return nil }
    guard let text = value.string else {
      refuseKind(of: spec, value)
      return nil
    }
    if let size = ByteSize(text) { return size.bytes }
    refuse(
      "wrong-value",
      "\"\(spec.name)\" is no size: \(value.asLine)",
      at: value.range,
      spec.name,
      caret: spec.shape.expectation(of: value)
    )
    return nil
  }
}
