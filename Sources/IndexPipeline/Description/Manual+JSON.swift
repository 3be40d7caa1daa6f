// What programs read.
extension Manual {
  /// A topic as JSON.
  package func json(of topic: Topic) -> JSONText {
    switch topic {
    case .everything:
      .object(
        StageKind.allCases.map { ("\($0)s", .array(entries(of: $0).map { json(of: $0) })) }
          + [("objects", .array(sections.map { json(of: $0) }))]
      )
    case .kind(let kind):
      .object([
        ("kind", .string(kind.rawValue)),
        ("types", .array(entries(of: kind).map { json(of: $0) })),
        ("fields", json(of: FrameworkFields.specs(of: kind))),
      ])
    case .stage(let entry): json(of: entry)
    case .object(let section): json(of: section)
    case .field(let field, _): json(of: field)
    }
  }

  private func json(of entry: Registry.Entry) -> JSONText {
    .object([
      ("kind", .string(entry.kind.rawValue)),
      ("type", .string(entry.info.type)),
      ("summary", .string(entry.info.summary)),
      ("stability", .string(entry.info.stability.rawValue)),
      ("synonyms", JSONText(entry.info.synonyms)),
      ("example", JSONText(parsing: entry.info.example)),
      ("fields", json(of: fields(of: entry))),
    ])
  }

  private func json(of section: Section) -> JSONText {
    .object([
      ("name", .string(section.name)),
      ("doc", .string(section.doc)),
      ("fields", json(of: section.fields)),
    ])
  }

  private func json(of fields: [FieldSpec]) -> JSONText { .array(fields.map { json(of: $0) }) }

  private func json(of field: FieldSpec) -> JSONText {
    var members: [(String, JSONText)] = [
      ("name", .string(field.name)),
      ("doc", .string(field.doc)),
      ("value", .string(field.shape.words)),
      ("required", .literal(field.isRequired ? "true" : "false")),
      ("secret", .literal(field.isSecret ? "true" : "false")),
    ]
    if let fallback = field.fallback { members.append(("default", JSONText(parsing: fallback))) }
    if let example = field.example { members.append(("example", JSONText(parsing: example))) }
    if case .choice(let words) = field.shape { members.append(("choices", JSONText(words))) }
    if case .object(let fields) = field.shape { members.append(("fields", json(of: fields))) }
    return .object(members)
  }
}
