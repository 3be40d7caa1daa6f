// What a person reads on a terminal.
extension Manual {
  /// A topic as lines of text.
  package func text(of topic: Topic) -> String {
    let lines =
      switch topic {
      case .everything: overview
      case .kind(let kind): text(of: kind)
      case .stage(let entry): text(of: entry)
      case .object(let section):
        ["\(section.name): \(section.doc)", ""] + section.fields.flatMap { text(of: $0) }
      case .field(let field, _):
        text(of: field)
          + field.shape.fields.flatMap { text(of: $0).map { "  \($0)" } }
      }
    return lines.joined(separator: "\n") + "\n"
  }

  private var overview: [String] {
    var lines: [String] = []
    for kind in StageKind.allCases {
      lines.append("\(kind)s")
      lines += table(entries(of: kind).map { ($0.info.type, $0.info.summary) })
      lines.append("")
    }
    lines.append("objects of a pipeline file")
    lines += table(sections.map { ($0.name, $0.doc) })
    return lines + ["", "`larder describe KIND/TYPE`, such as \(example), tells all of one."]
  }

  private var example: String { registry.entries.first?.path ?? "source/file" }

  private func text(of kind: StageKind) -> [String] {
    ["\(kind)s"] + table(entries(of: kind).map { ($0.info.type, $0.info.summary) })
      + ["", "every \(kind) has these fields", ""]
      + FrameworkFields.specs(of: kind).flatMap { text(of: $0).map { "  \($0)" } }
  }

  private func text(of entry: Registry.Entry) -> [String] {
    var lines = ["\(entry.path)", "  \(entry.info.summary)"]
    if entry.info.stability != .stable { lines.append("  This stage is \(entry.info.stability).") }
    lines += ["", "  \(entry.info.example)", ""]
    lines += entry.fields.flatMap { text(of: $0) }
    let names = FrameworkFields.specs(of: entry.kind).map(\.name).joined(separator: ", ")
    return lines + ["and as every \(entry.kind): \(names)"]
  }

  /// A field: its name, values and default on one line, and what it means below.
  private func text(of field: FieldSpec) -> [String] {
    var facts = [field.name, field.shape.words]
    if !field.necessity.isEmpty { facts.append(field.necessity) }
    if field.isSecret { facts.append("secret") }
    var lines = [facts.joined(separator: "   ")]
    lines += field.doc.wrapped(to: 90).map { "  \($0)" }
    if let example = field.example { lines.append("  Example: \(example)") }
    return lines
  }

  private func table(_ rows: [(name: String, doc: String)]) -> [String] {
    let width = (rows.map(\.name.utf8.count).max() ?? 0) + 3
    return rows.map { row in
      "  \(row.name)\(String(repeating: " ", count: width - row.name.utf8.count))\(row.doc)"
    }
  }
}
