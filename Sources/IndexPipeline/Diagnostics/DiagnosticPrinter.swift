/// Writes what went wrong so that a person sees the place and the remedy.
package enum DiagnosticPrinter {
  /// The failure with its place, a caret under it, notes and help.
  package static func text(of failure: StageFailure) -> String {
    var lines = ["error[\(failure.code)]: \(printable(failure.message))"]
    var indent = " "
    if let excerpt = failure.excerpt {
      indent = String(repeating: " ", count: "\(excerpt.line)".utf8.count + 1)
      lines += text(of: excerpt, indent: indent)
    }
    lines += failure.notes.map { "\(indent) = note: \(printable($0))" }
    if let help = failure.help { lines.append("\(indent) = help: \(printable(help))") }
    return lines.joined(separator: "\n")
  }

  private static func text(of excerpt: Excerpt, indent: String) -> [String] {
    let place = "\(excerpt.path):\(excerpt.line):\(excerpt.column)"
    let before = printable(excerpt.text[..<excerpt.range.lowerBound])
    let meant = printable(excerpt.text[excerpt.range])
    let after = printable(excerpt.text[excerpt.range.upperBound...])
    let spaces = String(repeating: " ", count: before.unicodeScalars.count)
    let carets = String(repeating: "^", count: max(1, meant.unicodeScalars.count))
    let note = excerpt.note.isEmpty ? "" : " \(excerpt.note)"
    return [
      "\(indent)--> \(place)" + (excerpt.pointer.isEmpty ? "" : " at \(excerpt.pointer)"),
      "\(indent) |",
      " \(excerpt.line) | \(before)\(meant)\(after)",
      "\(indent) | \(spaces)\(carets)\(note)",
      "\(indent) |",
    ]
  }

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
