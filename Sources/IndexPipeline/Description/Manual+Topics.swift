// From what a person asks for to what is told.
extension Manual {
  /// Finds what `KIND`, `KIND/TYPE`, `KIND/TYPE.FIELD` or the name of a section means.
  ///
  /// - Throws: `StageFailure` with the nearest name, if there is none so named.
  package func topic(_ path: String) throws(StageFailure) -> Topic {
    if path.utf8.isEmpty { return .everything }
    let dot = path.utf8.firstIndex(of: UInt8(ascii: ".")) ?? path.endIndex
    let owner = String(path[..<dot])
    let names = path[dot...].utf8.split(separator: UInt8(ascii: ".")).compactMap { String($0) }
    let topic = try self.topic(named: owner)
    guard !names.isEmpty else { return topic }
    var fields = fields(of: topic)
    var (found, place) = (fields.first, owner)
    for name in names {
      guard let field = fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw unknown("\(place) has no field \"\(name)\"", name, fields.map(\.name), "fields")
      }
      found = field
      place += ".\(name)"
      fields = fieldsInside(field.shape)
    }
    return found.map { .field($0, path: place) } ?? topic
  }

  private func topic(named name: String) throws(StageFailure) -> Topic {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .compactMap { String($0) }
    let kinds = StageKind.allCases.map(\.rawValue)
    if let section = sections.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      return .object(section)
    }
    // `sources` is what the field is called, and what a hand types.
    let kind = StageKind.allCases.first { kind in
      [kind.rawValue, "\(kind)s", kind.field].contains { $0.utf8.elementsEqual(parts[0].utf8) }
    }
    guard let kind else {
      let known = kinds + sections.map(\.name)
      throw unknown("there is nothing called \"\(parts[0])\"", parts[0], known, "topics")
    }
    guard parts.count > 1 else { return .kind(kind) }
    let type = parts[1...].joined(separator: "/")
    if let entry = registry.entry(kind, type) { return .stage(entry) }
    let synonyms = entries(of: kind).flatMap { entry in
      entry.info.synonyms.map { ($0, entry.info.type) }
    }
    throw unknown(
      "\"\(type)\" is not a \(kind) type",
      type,
      registry.types(of: kind),
      "\(kind) types in this build",
      synonyms
    )
  }

  private func fields(of topic: Topic) -> [FieldSpec] {
    switch topic {
    case .everything: []
    case .kind(let kind): FrameworkFields.specs(of: kind)
    case .stage(let entry): fields(of: entry)
    case .object(let section): section.fields
    case .field(let field, _): fieldsInside(field.shape)
    }
  }

  /// The fields of the objects that a value is or holds.
  package func fieldsInside(_ shape: FieldSpec.Shape) -> [FieldSpec] {
    switch shape {
    case .matcher, .list(.matcher), .oneOrMore(.matcher): Matcher.fields
    default: shape.fields
    }
  }

  private func unknown(
    _ message: String,
    _ word: String,
    _ known: [String],
    _ noun: String,
    _ synonyms: [(String, String)] = []
  ) -> StageFailure {
    let near = Suggestion.text(for: word, among: known, synonyms: synonyms)
    return StageFailure(
      .config,
      code: "unknown-topic",
      near.isEmpty ? message : "\(message); \(near)",
      notes: known.isEmpty ? [] : ["\(noun): \(known.joined(separator: ", "))"],
      help: "`larder describe` lists all that can be described"
    )
  }
}
