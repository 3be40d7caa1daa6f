import StrictJSON

/// The object of a pipeline file that a stage is made of.
///
/// Each call asks for one field and describes it, so that the description cannot differ from what
/// is read. A field that is wrong reads as its default, so that all mistakes are found in one run;
/// a pipeline with mistakes is never run.
public struct Settings {
  /// What an object is, for messages about fields that it does not have.
  enum Topic {
    case pipeline
    case renderer
    case stage(StageKind, type: String)
    /// An object in another one, which has these fields.
    case part(of: String, fields: [String])
  }

  /// What messages call the object, such as `source "list" (file)`.
  let owner: String
  /// The fields that were asked for, in their order.
  public private(set) var fields: [FieldSpec] = []
  let value: JSONValue
  let pointer: JSONPointer
  let file: PipelineText
  let topic: Topic
  /// The pointer in the whole pipeline, its parts in place; `nil` if the settings in here are shown
  /// as one.
  let effective: JSONPointer?
  /// Fields that are there for people and tools, and mean nothing.
  private(set) var ignored = ["$comment"]

  init(
    owner: String,
    _ value: JSONValue,
    at pointer: JSONPointer,
    in file: PipelineText,
    topic: Topic = .part(of: "", fields: []),
    effective: JSONPointer? = nil
  ) {
    self.owner = owner
    self.value = value
    self.pointer = pointer
    self.file = file
    self.topic = topic
    self.effective = effective
  }

  /// The settings of an empty object, to learn what is asked of it.
  static func blank(owner: String) -> Settings {
    let text = PipelineText(path: "-", bytes: Array("{}".utf8))
    return Settings(owner: owner, .emptyObject, at: JSONPointer(), in: text, topic: .pipeline)
  }

  /// Whether stages may run other programs.
  public var allowsPrograms: Bool { file.log.surroundings.allowsPrograms }

  /// What messages call the stage, such as `source "list" (file)`.
  public var title: String { owner }

  /// The folder of the file, which relative paths start at.
  public var folder: String { file.resolved(path: ".") }

  /// Where each value in a field stands, by its JSON Pointer from the field on.
  public func places(in field: String) -> [String: Place] {
    var places: [String: Place] = [:]
    func visit(_ value: JSONValue, _ inner: JSONPointer, _ outer: JSONPointer) {
      places[inner.description] = file.place(of: value.range, outer)
      for member in value.members ?? [] {
        visit(member.value, inner.appending(key: member.key), outer.appending(key: member.key))
      }
      for (index, element) in (value.elements ?? []).enumerated() {
        visit(element, inner.appending(index: index), outer.appending(index: index))
      }
    }
    if let value = value[field] { visit(value, JSONPointer(), pointer.appending(key: field)) }
    return places
  }

  /// Where a field stands; the whole object if it is not given.
  public func place(of field: String) -> Place {
    guard let value = value[field] else { return file.place(of: opening, pointer) }
    return file.place(of: value.range, pointer.appending(key: field))
  }

  /// Asks for a field.
  ///
  /// - Returns: Its value, with placeholders filled in; `nil` if it is missing or not known yet.
  mutating func ask(_ spec: FieldSpec) -> JSONValue? {
    if !fields.contains(where: { $0.name.utf8.elementsEqual(spec.name.utf8) }) {
      fields.append(spec)
    }
    guard let value = value[spec.name] else {
      if spec.isRequired {
        refuse("missing-field", "\(owner) needs the field \"\(spec.name)\"", at: opening)
      }
      note(spec, nil, nil)
      return nil
    }
    // No placeholder stands for an array or an object.
    let isMisplaced = value.string != nil && !spec.shape.takesText
    let place = pointer.appending(key: spec.name)
    let filled = isMisplaced ? value : file.filled(value, spec, at: place)
    note(spec, value, filled)
    return filled
  }

  /// Describes a field whose value is read by other means: what is in it is asked for one by one.
  mutating func look(at spec: FieldSpec) {
    fields.append(spec)
    let value = value[spec.name]
    let isFilled = value?.members?.isEmpty == false || value?.elements?.isEmpty == false
    if !isFilled { note(spec, value, nil) }
  }

  /// Describes a field as required whose absence has a message of its own.
  mutating func require(_ name: String) {
    for index in fields.indices where fields[index].name.utf8.elementsEqual(name.utf8) {
      fields[index].isRequired = true
    }
  }

  /// Whether the object has a field, whatever its value is.
  public func isGiven(_ name: String) -> Bool { value[name] != nil }

  /// Lets a field pass that is there for people and tools.
  mutating func ignore(_ name: String) { ignored.append(name) }

  /// Says that a field is wrong.
  ///
  /// - Parameters:
  ///   - code: A short name in kebab-case.
  ///   - message: What is wrong, in one line.
  ///   - field: The field, or `nil` if the whole object is meant.
  ///   - caret: What to say beside the caret.
  ///   - notes: More facts, a line each.
  ///   - help: What the person can do about it.
  public mutating func refuse(
    _ code: String,
    _ message: String,
    field: String?,
    caret: String = "",
    notes: [String] = [],
    help: String? = nil
  ) {
    let range = field.flatMap { value[$0]?.range } ?? opening
    refuse(code, message, at: range, field, caret: caret, notes: notes, help: help)
  }

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
    file.refuse(code, message, at: range, place, caret: caret, notes: notes, help: help)
  }

  /// Says that a value is of another kind than its field takes.
  mutating func refuseKind(of spec: FieldSpec, _ value: JSONValue) {
    let found =
      value.kind == .number && value.integer == nil
      ? "a number with a fraction" : value.kind.phrase
    var notes = spec.doc.isEmpty ? [] : ["\"\(spec.name)\": \(spec.doc.asNote)"]
    let written = self.value[spec.name]?.string
    if let written, let text = value.string, !text.utf8.elementsEqual(written.utf8) {
      notes.append(spec.isSecret ? "the value comes from \(written)" : "\(written) is \"\(text)\"")
    }
    refuse(
      "wrong-type",
      "\"\(spec.name)\" must be \(spec.shape.phrase), not \(found)",
      at: value.range,
      spec.name,
      caret: spec.shape.expectation(of: value),
      notes: notes
    )
  }

  /// The opening brace, for messages about what is missing.
  var opening: Range<Int> { value.range.lowerBound..<value.range.lowerBound + 1 }
}

extension String {
  /// A sentence as a note: a small letter first, and no full stop.
  fileprivate var asNote: String {
    var bytes = Array(utf8)
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    let isWord = bytes.count > 1 && bytes[1] &- UInt8(ascii: "a") < 26
    if isWord, let first = bytes.first, first &- UInt8(ascii: "A") < 26 { bytes[0] = first | 0x20 }
    return String(decoding: bytes, as: UTF8.self)
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
