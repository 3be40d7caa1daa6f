/// Writes a diagnostic so that a person sees the place and the remedy.
package enum DiagnosticPrinter {
  /// The failure with its place, a caret under it, notes and help.
  package static func text(of failure: StageFailure) -> String { text(of: failure.diagnostic) }

  /// The diagnostic with its place, carets under what is meant, and its remarks.
  package static func text(of diagnostic: Diagnostic) -> String {
    let head = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
    var lines = ["\(head): \(printable(diagnostic.message))"]
    var indent = "  "
    if let excerpt = diagnostic.excerpt {
      let width = excerpt.lines.map { "\($0.number)".utf8.count }.max() ?? 1
      indent = spaces(width + 1)
      lines += frame(of: excerpt, indent: indent)
    }
    for remark in diagnostic.remarks { lines += text(of: remark, indent: indent) }
    return lines.joined(separator: "\n")
  }

  private static func frame(of excerpt: Excerpt, indent: String) -> [String] {
    let place = "\(printable(excerpt.path)):\(excerpt.line):\(excerpt.column)"
    var lines = [
      "\(indent)--> \(place)"
        + (excerpt.pointer.isEmpty ? "" : " at \(printable(excerpt.pointer))"),
      "\(indent) |",
    ]
    var shown: Int?
    for line in excerpt.lines {
      if shown != line.number {
        if let shown, line.number > shown + 1 { lines.append("...") }
        let number = "\(line.number)"
        let gap = spaces(indent.utf8.count - number.utf8.count)
        lines.append("\(gap)\(number) | \(printable(line.text[...]))")
      }
      shown = line.number
      if let range = line.range { lines.append("\(indent) | \(carets(under: range, of: line))") }
    }
    return lines + ["\(indent) |"]
  }

  private static func carets(under range: Range<Int>, of line: Excerpt.Line) -> String {
    let before = printable(line.text[..<range.lowerBound]).unicodeScalars.count
    let meant = printable(line.text[range]).unicodeScalars.count
    let carets = String(repeating: "^", count: max(1, meant))
    return spaces(before) + carets + (line.note.isEmpty ? "" : " \(printable(line.note))")
  }

  private static func text(of remark: Remark, indent: String) -> [String] {
    let label = remark.label.isEmpty ? "" : "\(remark.label):"
    let gap = label.isEmpty || remark.text.isEmpty ? "" : " "
    return ["\(indent) = \(printable(label))\(gap)\(printable(remark.text))"]
      + remark.lines.map { "\(indent)     \(printable($0))" }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func printable(_ text: String) -> String { printable(Array(text.utf8)[...]) }

  /// Text that cannot move the cursor: control characters become U+FFFD.
  package static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl =
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      scalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }
}
