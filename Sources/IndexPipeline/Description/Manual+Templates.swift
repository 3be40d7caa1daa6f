import IndexRendering

// What people read of templates.
extension Manual {
  /// The page of the files of the layout and their placeholders, as Markdown.
  static var templates: String {
    let files = LayoutFile.allCases.map { "| `\($0.rawValue)` | \($0.doc) |" }
    let lines = [
      "# Templates", "",
      "Files of the folder that [`templates`](render.md) names, all optional. A placeholder is "
        + "`{{ name }}`; one that stands alone on its line takes the line with it.",
      "",
      "- `text` stands between tags, and in an attribute with quotes.",
      "- `attribute` stands in a tag, behind the name of the element.",
      "- `elements` stand between tags.",
      "",
      "All values are escaped for these places, and for none in a script or a style. A part that has "
        + "nothing to say is empty.",
      "", "| file | what it is |", "|---|---|",
    ]
    return (lines + files + LayoutFile.allCases.flatMap { placeholders(of: $0) })
      .joined(separator: "\n") + "\n"
  }

  private static func placeholders(of file: LayoutFile) -> [String] {
    guard let parts = file.parts else { return [] }
    let rows = parts.map { part in
      let doc = part == file.required ? "\(part.doc) It must be there." : part.doc
      return "| `\(part.rawValue)` | \(part.form.rawValue) | \(doc) |"
    }
    let head = "| placeholder | form | what it is |"
    return ["", "## `\(file.rawValue)`", "", head, "|---|---|---|"] + rows
  }
}
