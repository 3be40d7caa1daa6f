import IndexRendering
import StrictJSON

/// Reads the fields of one object of a pipeline file, and collects what is wrong with them.
///
/// A field that is wrong reads as its default, so that all mistakes are found in one run; a
/// pipeline with mistakes is never run.
public struct Settings {
  /// What messages call the object, such as `source "list" (file)`.
  let owner: String
  let value: JSONValue
  let pointer: JSONPointer
  private let text: PipelineText
  private let folder: String
  private var known: [String] = []

  init(owner: String, _ value: JSONValue, at pointer: JSONPointer, in text: PipelineText) {
    self.owner = owner
    self.value = value
    self.pointer = pointer
    self.text = text
    let slash = text.path.utf8.lastIndex(of: UInt8(ascii: "/"))
    folder = slash.map { String(text.path[...$0]) } ?? ""
  }

  /// Reads text.
  public mutating func string(_ key: String) -> String? {
    guard let field = field(key) else { return nil }
    guard let string = field.string else {
      refuseKind(of: key, field, wanted: "text in quotes")
      return nil
    }
    return string
  }

  /// Reads text that must be given.
  public mutating func requiredString(_ key: String) -> String {
    if field(key) == nil {
      refuse("missing-field", "\(owner) needs the field \"\(key)\"", at: opening)
    }
    return string(key) ?? ""
  }

  /// Reads a path; one that is relative starts at the folder of the pipeline file.
  public mutating func requiredPath(_ key: String) -> String {
    let path = requiredString(key)
    if path.utf8.isEmpty, let field = field(key), field.string != nil {
      refuse("wrong-value", "\"\(key)\" must not be empty", at: field.range, key)
    }
    return path.utf8.first == UInt8(ascii: "/") ? path : folder + path
  }

  /// Reads `true` or `false`.
  public mutating func boolean(_ key: String, default fallback: Bool) -> Bool {
    guard let field = field(key) else { return fallback }
    if let boolean = field.boolean { return boolean }
    refuseKind(of: key, field, wanted: "true or false")
    return fallback
  }

  /// Reads a whole number.
  public mutating func integer(
    _ key: String,
    in range: ClosedRange<Int>,
    default fallback: Int
  ) -> Int {
    guard let field = field(key) else { return fallback }
    guard let number = field.integer else {
      let found = field.kind == .number ? "a number with a fraction" : field.kind.phrase
      refuse("wrong-type", "\"\(key)\" must be a whole number, not \(found)", at: field.range, key)
      return fallback
    }
    guard range.contains(number) else {
      let bounds =
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      refuse("wrong-value", "\"\(key)\" must be \(bounds)", at: field.range, key)
      return fallback
    }
    return number
  }

  /// Reads one of a few words.
  public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String,
    default fallback: Choice
  ) -> Choice {
    guard let word = string(key), let field = field(key) else { return fallback }
    if let choice = Choice.allCases.first(where: { $0.rawValue.utf8.elementsEqual(word.utf8) }) {
      return choice
    }
    let words = Choice.allCases.map(\.rawValue)
    refuse(
      "wrong-choice",
      "\"\(word)\" is not a choice for \"\(key)\"",
      at: field.range,
      key,
      caret: Suggestion.text(for: word, among: words),
      notes: ["choices: \(words.joined(separator: ", "))"]
    )
    return fallback
  }

  /// Reads the URL of the distributions with `read`, which says what is wrong with it.
  mutating func fileURL(
    _ key: String,
    _ read: (String) throws(FileURL.Problem) -> FileURL
  ) -> FileURL? {
    guard let url = string(key), let field = field(key) else { return nil }
    do throws(FileURL.Problem) {
      return try read(url)
    } catch {
      refuse("wrong-value", "\"\(key)\": \(error.rawValue)", at: field.range, key)
      return nil
    }
  }

  /// Says that a field is wrong.
  mutating func refuse(
    _ code: String,
    _ message: String,
    at range: Range<Int>,
    _ key: String? = nil,
    caret: String = "",
    notes: [String] = [],
    help: String? = nil
  ) {
    let place = key.map { pointer.appending(key: $0) } ?? pointer
    text.refuse(code, message, at: range, place, caret: caret, notes: notes, help: help)
  }

  /// Refuses the fields that nobody asked for.
  mutating func finish() {
    for member in value.members ?? []
    where !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
      refuse(
        "unknown-field",
        "\(owner) has no field \"\(member.key)\"",
        at: member.keyRange,
        member.key,
        caret: Suggestion.text(for: member.key, among: known.filter { $0 != "$comment" }),
        notes: ["fields: \(known.filter { $0 != "$comment" }.joined(separator: ", "))"]
      )
    }
  }

  /// The value of a field, which is thereby known.
  mutating func field(_ key: String) -> JSONValue? {
    if !known.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { known.append(key) }
    return value[key]
  }

  /// The opening brace, for messages about what is missing.
  var opening: Range<Int> { value.range.lowerBound..<value.range.lowerBound + 1 }

  mutating func refuseKind(of key: String, _ field: JSONValue, wanted: String) {
    refuse(
      "wrong-type",
      "\"\(key)\" must be \(wanted), not \(field.kind.phrase)",
      at: field.range,
      key
    )
  }
}

extension JSONKind {
  /// The kind as a person calls it.
  var phrase: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}
