import StrictJSON

extension Settings {
  /// Reads one of a few words, or nothing.
  ///
  /// - Parameter synonyms: Words that people try, and what they mean.
  public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ doc: String,
    synonyms: [(word: String, choice: Choice)] = []
  ) -> Choice? {
    let words = Choice.allCases.map(\.rawValue)
    guard let word = text(of: FieldSpec(name, doc, .choice(words))) else { return nil }
    return choice(word, for: name, at: value[name]?.range ?? opening, synonyms)
  }

  /// Reads one of a few words that must be given.
  public mutating func requiredChoice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ doc: String,
    example: Choice
  ) -> Choice {
    let spec = FieldSpec(
      name,
      doc,
      .choice(Choice.allCases.map(\.rawValue)),
      isRequired: true,
      example: example.rawValue.asJSON
    )
    guard let word = text(of: spec) else { return example }
    return choice(word, for: name, at: value[name]?.range ?? opening) ?? example
  }

  /// Reads an array of a few words.
  public mutating func choices<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ doc: String,
    default fallback: [Choice]
  ) -> [Choice] {
    let spec = FieldSpec(
      name,
      doc,
      .list(.choice(Choice.allCases.map(\.rawValue))),
      fallback: "[\(fallback.map(\.rawValue.asJSON).joined(separator: ", "))]"
    )
    guard let value = ask(spec) else { return fallback }
    guard let words = texts(in: value, spec) else { return fallback }
    return words.compactMap { choice($0.text, for: name, at: $0.range) }
  }

  private mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ word: String,
    for name: String,
    at range: Range<Int>,
    _ synonyms: [(word: String, choice: Choice)] = []
  ) -> Choice? {
    let found = Choice.allCases.first { $0.rawValue.utf8.elementsEqual(word.utf8) }
    if let found { return found }
    let words = Choice.allCases.map(\.rawValue)
    let meant = synonyms.first { $0.word.utf8.elementsEqual(word.utf8) }?.choice.rawValue
    refuse(
      "wrong-choice",
      "\"\(word)\" is not a choice for \"\(name)\"",
      at: range,
      name,
      caret: Suggestion.text(for: meant ?? word, among: words),
      notes: ["choices: \(words.joined(separator: ", "))"]
    )
    return nil
  }
}
