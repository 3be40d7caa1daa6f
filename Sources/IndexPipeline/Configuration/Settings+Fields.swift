import StrictJSON

// What stages ask for: one call a field.
extension Settings {
  /// Reads text.
  public mutating func string(_ name: String, _ doc: String, example: String? = nil) -> String? {
    text(of: FieldSpec(name, doc, .string, example: example?.asJSON))
  }

  /// Reads text that has a default.
  public mutating func string(
    _ name: String,
    _ doc: String,
    default fallback: String,
    example: String? = nil
  ) -> String {
    let spec = FieldSpec(name, doc, .string, fallback: fallback.asJSON, example: example?.asJSON)
    return text(of: spec) ?? fallback
  }

  /// Reads text that must be given.
  public mutating func requiredString(_ name: String, _ doc: String, example: String) -> String {
    text(of: FieldSpec(name, doc, .string, isRequired: true, example: example.asJSON)) ?? ""
  }

  /// Reads text that must not be shown: it must come from the environment or a file.
  public mutating func secret(_ name: String, _ doc: String) -> String? {
    let example = "${env:\(name.utf8.map { $0 > 0x60 ? $0 - 0x20 : $0 }.asText)}"
    return text(of: FieldSpec(name, doc, .string, example: example.asJSON, isSecret: true))
  }

  /// Reads a path that must be given; one that is relative starts at the folder of its file.
  public mutating func requiredPath(_ name: String, _ doc: String, example: String) -> String {
    path(FieldSpec(name, doc, .path, isRequired: true, example: example.asJSON)) ?? ""
  }

  /// Reads a path; one that is relative starts at the folder of its file.
  public mutating func path(_ name: String, _ doc: String, example: String? = nil) -> String? {
    path(FieldSpec(name, doc, .path, example: example?.asJSON))
  }

  private mutating func path(_ spec: FieldSpec) -> String? {
    guard let path = text(of: spec) else { return nil }
    if path.utf8.isEmpty {
      refuse("wrong-value", "\"\(spec.name)\" must not be empty", field: spec.name)
    }
    return file.resolved(path: path)
  }

  /// Reads `true` or `false`.
  public mutating func boolean(_ name: String, _ doc: String, default fallback: Bool) -> Bool {
    let spec = FieldSpec(name, doc, .boolean, fallback: fallback ? "true" : "false")
    guard let value = ask(spec) else { return fallback }
    if let boolean = value.boolean { return boolean }
    refuseKind(of: spec, value)
    return fallback
  }

  /// Reads `true` or `false`, or nothing.
  public mutating func boolean(_ name: String, _ doc: String) -> Bool? {
    let spec = FieldSpec(name, doc, .boolean)
    guard let value = ask(spec) else { return nil }
    if let boolean = value.boolean { return boolean }
    refuseKind(of: spec, value)
    return nil
  }

  /// Reads a whole number that has a default.
  public mutating func integer(
    _ name: String,
    _ doc: String,
    in range: ClosedRange<Int>,
    default fallback: Int
  ) -> Int {
    integer(FieldSpec(name, doc, .integer(range), fallback: "\(fallback)"), range) ?? fallback
  }

  /// Reads a whole number.
  public mutating func integer(
    _ name: String,
    _ doc: String,
    in range: ClosedRange<Int>,
    isRequired: Bool = false,
    example: Int? = nil
  ) -> Int? {
    let spec = FieldSpec(
      name,
      doc,
      .integer(range),
      isRequired: isRequired,
      example: example.map { "\($0)" }
    )
    return integer(spec, range)
  }

  private mutating func integer(_ spec: FieldSpec, _ range: ClosedRange<Int>) -> Int? {
    guard let value = ask(spec) else { return nil }
    guard let number = value.integer else {
      refuseKind(of: spec, value)
      return nil
    }
    if range.contains(number) { return number }
    let bounds =
      range.lowerBound == range.upperBound
      ? "\(range.lowerBound)"
      : range.upperBound == .max
        ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    refuse("wrong-value", "\"\(spec.name)\" must be \(bounds)", field: spec.name)
    return nil
  }

  /// Reads one of a few words.
  ///
  /// - Parameter synonyms: Other words that people try, and what they mean by them.
  public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ doc: String,
    default fallback: Choice,
    synonyms: KeyValuePairs<String, Choice> = [:]
  ) -> Choice {
    let words = Choice.allCases.map(\.rawValue)
    let spec = FieldSpec(name, doc, .choice(words), fallback: fallback.rawValue.asJSON)
    guard let word = text(of: spec) else { return fallback }
    if let choice = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(word.utf8) }) {
      return choice
    }
    refuse(
      "wrong-choice",
      "\"\(word)\" is not a choice for \"\(name)\"",
      field: name,
      caret: Suggestion.text(
        for: word,
        among: words,
        synonyms: synonyms.map { ($0.key, $0.value.rawValue) }
      ),
      notes: ["choices: \(words.joined(separator: ", "))"]
    )
    return fallback
  }

  /// Reads an array of texts.
  ///
  /// - Parameter takesOne: Whether one text without brackets stands for an array of it.
  public mutating func strings(
    _ name: String,
    _ doc: String,
    isRequired: Bool = false,
    takesOne: Bool = false,
    example: [String] = []
  ) -> [String] {
    let spec = FieldSpec(
      name,
      doc,
      takesOne ? .oneOrMore(.string) : .list(.string),
      isRequired: isRequired,
      example: example.isEmpty ? nil : "[\(example.map(\.asJSON).joined(separator: ", "))]"
    )
    guard let value = ask(spec) else { return [] }
    if takesOne, let string = value.string { return [string] }
    return texts(in: value, spec)?.map(\.text) ?? []
  }

  /// The texts of an array with their places, or nil if the value is none; refuses what is no text.
  mutating func texts(
    in value: JSONValue,
    _ spec: FieldSpec
  ) -> [(text: String, range: Range<Int>)]? {
    guard let elements = value.elements else {
      refuseKind(of: spec, value)
      return nil
    }
    return elements.enumerated().compactMap { index, element in
      let place = pointer.appending(key: spec.name).appending(index: index)
      guard let element = file.filled(element, spec, at: place) else { return nil }
      if let text = element.string { return (text, element.range) }
      file.refuse(
        "wrong-type",
        "\"\(spec.name)\" must hold text in quotes, not \(element.kind.phrase)",
        at: element.range,
        place
      )
      return nil
    }
  }

  /// The text of a field.
  mutating func text(of spec: FieldSpec) -> String? {
    guard let value = ask(spec) else { return nil }
    if let string = value.string { return string }
    refuseKind(of: spec, value)
    return nil
  }
}

extension String {
  /// The text as a JSON string.
  package var asJSON: String {
    var buffer = ByteBuffer()
    buffer.append(json: utf8Span.span)
    return String(decoding: buffer.span)
  }
}

extension [UInt8] {
  fileprivate var asText: String { String(decoding: self, as: UTF8.self) }
}
