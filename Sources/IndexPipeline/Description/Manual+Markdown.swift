// What people read in the documentation.
extension Manual {
  /// A topic as Markdown.
  package func markdown(of topic: Topic) -> String {
    let lines =
      switch topic {
      case .everything:
        ["# Stages", ""] + StageKind.allCases.flatMap { index(of: $0, level: "##") }
      case .kind(let kind):
        index(of: kind, level: "#")
          + ["Every \(kind) has these fields.", ""] + table(FrameworkFields.specs(of: kind))
      case .stage(let entry): markdown(of: entry)
      case .object(let section):
        ["# `\(section.name)`", "", section.doc, ""] + table(section.fields)
      case .field(let field, let path): ["# `\(path)`", ""] + table([field])
      }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The pages of `Docs/Stages`, by file name.
  package var pages: [(name: String, text: String)] {
    let stages = registry.entries.map { entry in
      ("\(entry.kind)-\(entry.info.type).md", Self.notice + markdown(of: .stage(entry)))
    }
    let objects = sections.map { section in
      ("\(section.name).md", Self.notice + markdown(of: .object(section)))
    }
    let table = sections.map { "| [`\($0.name)`](\($0.name).md) | \($0.doc.asCell) |" }
    let index = [
      markdown(of: .everything) + "## Objects of a pipeline file", "", "| object | what it is |",
      "|---|---|",
    ]
    let layout = ["", "The [templates](templates.md) of the web pages have a page of their own."]
    let first = (index + table + layout).joined(separator: "\n") + "\n"
    return [("README.md", Self.notice + first), ("templates.md", Self.notice + Self.templates)]
      + stages + objects
  }

  private static let notice = "<!-- `larder describe` wrote this page from the code. -->\n\n"

  private func index(of kind: StageKind, level: String) -> [String] {
    let rows = entries(of: kind).map { entry in
      "| [`\(entry.info.type)`](\(kind)-\(entry.info.type).md) | \(entry.info.summary.asCell) |"
    }
    return ["\(level) \(kind.title)s", "", "| type | what it does |", "|---|---|"] + rows + [""]
  }

  private func markdown(of entry: Registry.Entry) -> [String] {
    var lines = ["# The \(entry.kind) `\(entry.info.type)`", "", entry.info.summary, ""]
    if entry.info.stability != .stable {
      lines += ["This stage is \(entry.info.stability).", ""]
    }
    lines += ["```json", entry.info.example, "```", ""]
    lines += entry.fields.isEmpty ? ["It has no fields of its own."] : table(entry.fields)
    return lines + ["", "As every \(entry.kind), it has these too.", ""]
      + table(FrameworkFields.specs(of: entry.kind))
  }

  private func table(_ fields: [FieldSpec]) -> [String] {
    ["| field | value | default | meaning |", "|---|---|---|---|"] + rows(fields, inside: "")
  }

  private func rows(_ fields: [FieldSpec], inside owner: String) -> [String] {
    fields.flatMap { field in
      var meaning = field.doc
      if let example = field.example { meaning += " Example: `\(example)`." }
      if field.isSecret { meaning += " It is secret: give a placeholder." }
      let fallback = field.isRequired ? "required" : field.fallback.map { "`\($0)`" } ?? ""
      let row =
        "| `\(owner)\(field.name)` | \(field.shape.words.asCell) | \(fallback.asCell) "
        + "| \(meaning.asCell) |"
      return [row] + rows(field.shape.fields, inside: "\(owner)\(field.name).")
    }
  }
}

extension StageKind {
  /// The kind with a capital letter.
  fileprivate var title: String {
    switch self {
    case .source: "Source"
    case .transform: "Transform"
    case .sink: "Sink"
    case .hook: "Hook"
    }
  }
}

extension String {
  /// The text as a cell of a table.
  fileprivate var asCell: String {
    let bytes = utf8.flatMap { $0 == UInt8(ascii: "|") ? Array("\\|".utf8) : [$0] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
