/// The JSON Schema of fields and of objects of them.
enum FieldSchema {
  /// An object of fields, and of nothing else but notes.
  static func object(_ fields: [FieldSpec]) -> [(String, JSONText)] {
    let note = JSONText.object([("description", .string("A note for people."))])
    let properties = fields.map { ($0.name, schema(of: $0)) } + [("$comment", note)]
    let required = fields.filter(\.isRequired).map(\.name)
    var members: [(String, JSONText)] = [
      ("type", .string("object")), ("properties", .object(properties)),
    ]
    if !required.isEmpty { members.append(("required", JSONText(required))) }
    return members + [("additionalProperties", .literal("false"))]
  }

  private static func schema(of field: FieldSpec) -> JSONText {
    var members: [(String, JSONText)] = []
    if !field.doc.isEmpty { members.append(("description", .string(field.doc))) }
    members += Self.members(of: field.shape, isRequired: field.isRequired)
    if let fallback = field.fallback { members.append(("default", JSONText(parsing: fallback))) }
    if let example = field.example {
      members.append(("examples", .array([JSONText(parsing: example)])))
    }
    return .object(members)
  }

  private static func members(
    of shape: FieldSpec.Shape,
    isRequired: Bool
  ) -> [(String, JSONText)] {
    let inner = { JSONText.object(members(of: $0, isRequired: false)) }
    switch shape {
    case .string: return [("type", .string("string"))]
    case .id: return text(#"^[a-z][a-z0-9-]{0,39}$"#)
    case .path: return [("type", .string("string")), ("minLength", .literal("1"))]
    case .integer(let range): return orPlaceholder(.object(members(of: range)))
    case .boolean: return orPlaceholder(.object([("type", .string("boolean"))]))
    case .choice(let words): return orPlaceholder(.object([("enum", JSONText(words))]))
    case .duration: return orPlaceholder(.object(text(#"^[0-9]+(ms|s|m|h|d|w)$"#)))
    case .size: return orPlaceholder(.object(text(#"^[0-9]+(B|[kK]B|[MGT]B|[KMGT]iB)$"#)))
    case .share:
      let number = JSONText.object(members(of: 0...Int.max))
      return orPlaceholder(number, .object(text(#"^0*(100|[0-9]{1,2})%$"#)))
    case .moment: return [("type", .string("string"))]
    case .list(.object(let fields)):
      let items = orInclude(.object(object(fields)))
      return [("type", .string("array")), ("items", items)]
    case .list(.matcher):
      return [
        ("type", .string("array")), ("items", inner(.matcher)), ("minItems", .literal("1")),
      ]
    case .list(let shape): return [("type", .string("array")), ("items", inner(shape))]
    case .oneOrMore(let shape):
      let list = JSONText.object([("type", .string("array")), ("items", inner(shape))])
      return [("anyOf", .array([inner(shape), list]))]
    case .object(let fields): return object(fields)
    case .stages(let kind):
      let items = orInclude(.reference("\(kind)"))
      return [("type", .string("array")), ("items", items)]
        + (isRequired ? [("minItems", .literal("1"))] : [])
    case .globs: return [("$ref", .string("#/$defs/globs"))]
    case .matcher: return [("$ref", .string("#/$defs/matcher"))]
    case .any: return []
    }
  }

  private static func members(of range: ClosedRange<Int>) -> [(String, JSONText)] {
    if range.lowerBound == range.upperBound { return [("const", .literal("\(range.lowerBound)"))] }
    var members: [(String, JSONText)] = [("type", .string("integer"))]
    if range.lowerBound > .min { members.append(("minimum", .literal("\(range.lowerBound)"))) }
    // Also where the field has no bound: larger numbers cannot be read.
    members.append(("maximum", .literal("\(range.upperBound)")))
    return members
  }

  private static func text(_ pattern: String) -> [(String, JSONText)] {
    [("type", .string("string")), ("pattern", .string(pattern))]
  }

  /// Values of a kind, or a placeholder that stands for one.
  private static func orPlaceholder(_ values: JSONText...) -> [(String, JSONText)] {
    [("anyOf", .array(values + [.reference("placeholder")]))]
  }

  /// Elements of a kind, or a file that holds more of them.
  private static func orInclude(_ elements: JSONText) -> JSONText {
    .object([
      ("if", .object([("required", JSONText(["$include"]))])),
      ("then", .reference("include")),
      ("else", elements),
    ])
  }
}
