/// The JSON Schema of pipeline files, draft 2020-12, for editors and other programs.
///
/// It accepts what the reader accepts, but for what a schema cannot know: names that occur twice,
/// names that refer to nothing, and texts with a grammar of their own.
package struct PipelineSchema {
  private let manual: Manual

  /// Makes the schema for the stages of a registry.
  package init(_ registry: Registry) { manual = Manual(registry) }

  /// The schema.
  package var json: JSONText {
    let top = FieldSchema.object(manual.fields)
    return .object(
      [
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("title", .string("A pipeline file of Larder")),
      ] + top + [("$defs", .object(definitions))]
    )
  }

  private var definitions: [(String, JSONText)] {
    let shared: [(String, JSONText)] = [
      (
        "placeholder",
        .object([
          ("description", .string("A value that comes from the environment or a file.")),
          ("type", .string("string")),
          ("pattern", .string(#"(^|[^$])\$\{(env|file):"#)),
        ])
      ),
      (
        "include",
        .object(
          FieldSchema.object([
            FieldSpec(
              "$include",
              "A file that holds an array, whose elements stand here.",
              .path,
              isRequired: true
            )
          ])
        )
      ),
      ("matcher", .object(matcher)), ("glob", Self.glob),
      (
        "globs",
        .object([
          (
            "anyOf",
            .array([
              .reference("glob"),
              .object([
                ("type", .string("array")), ("items", .reference("glob")),
                ("minItems", .literal("1")),
              ]),
            ])
          )
        ])
      ),
    ]
    let stages = StageKind.allCases.flatMap { kind in
      [("\(kind)", stage(kind))]
        + manual.entries(of: kind).map { ("\(kind)-\($0.info.type)", definition(of: $0)) }
    }
    return shared + stages
  }

  /// A pattern, or the name of a file of them.
  private static let glob = JSONText.object([
    (
      "anyOf",
      .array([
        .object([("type", .string("string")), ("minLength", .literal("1"))]),
        .object(
          FieldSchema.object([
            FieldSpec("file", "A file with a pattern on each line.", .path, isRequired: true)
          ])
        ),
      ])
    )
  ])

  /// Conditions, at least one.
  private var matcher: [(String, JSONText)] {
    let conditions = Matcher.fields.map { JSONText.object([("required", JSONText([$0.name]))]) }
    return FieldSchema.object(Matcher.fields) + [("anyOf", .array(conditions))]
  }

  /// A stage of a kind: what else is allowed follows from its type.
  private func stage(_ kind: StageKind) -> JSONText {
    let entries = manual.entries(of: kind)
    let conditions = entries.map { entry in
      JSONText.object([
        (
          "if",
          .object([
            ("properties", .object([("type", .object([("const", .string(entry.info.type))]))])),
            ("required", JSONText(["type"])),
          ])
        ),
        ("then", .reference("\(kind)-\(entry.info.type)")),
      ])
    }
    var members: [(String, JSONText)] = [
      ("type", .string("object")),
      (
        "properties",
        .object([
          (
            "type",
            .object([
              ("description", .string("What the \(kind) is.")),
              ("enum", JSONText(entries.map(\.info.type))),
            ])
          )
        ])
      ),
      ("required", JSONText(["type"])),
    ]
    if !conditions.isEmpty { members.append(("allOf", .array(conditions))) }
    return .object(members)
  }

  private func definition(of entry: Registry.Entry) -> JSONText {
    let members = FieldSchema.object(manual.fields(of: entry))
    return .object(
      [
        ("description", .string(entry.info.summary)),
        ("examples", .array([JSONText(parsing: entry.info.example)])),
      ] + members
    )
  }
}

extension JSONText {
  /// A reference to one of the definitions of the schema.
  static func reference(_ name: String) -> JSONText {
    .object([("$ref", .string("#/$defs/\(name)"))])
  }
}
