import StrictJSON

extension DiagnosticPrinter {
  /// The diagnostic as one JSON object in one line, with the keys of a line of the log.
  package static func json(of diagnostic: Diagnostic) -> String {
    var out = ByteBuffer()
    append(json: diagnostic, to: &out)
    return String(decoding: out.span)
  }

  /// Appends the diagnostic as one JSON object.
  static func append(json diagnostic: Diagnostic, to out: inout ByteBuffer) {
    var object = JSONObjectWriter()
    object.key("v", to: &out)
    out.append(decimal: 1)
    object.key("level", to: &out)
    out.append(json: diagnostic.severity.rawValue)
    object.key("event", to: &out)
    out.append(json: "diagnostic" as StaticString)
    object.key("code", to: &out)
    out.append(json: diagnostic.code)
    if let excerpt = diagnostic.excerpt { append(excerpt, in: &object, to: &out) }
    object.key("msg", to: &out)
    out.append(json: diagnostic.message)
    object.key("remarks", to: &out)
    out.append("[")
    for (index, remark) in diagnostic.remarks.enumerated() {
      if index > 0 { out.append(",") }
      append(remark, to: &out)
    }
    out.append("]")
    object.end(to: &out)
  }

  private static func append(
    _ excerpt: Excerpt,
    in object: inout JSONObjectWriter,
    to out: inout ByteBuffer
  ) {
    object.key("file", to: &out)
    out.append(json: excerpt.path)
    object.key("line", to: &out)
    out.append(decimal: excerpt.line)
    object.key("column", to: &out)
    out.append(decimal: excerpt.column)
    object.key("end_column", to: &out)
    out.append(decimal: excerpt.endColumn)
    object.key("pointer", to: &out)
    out.append(json: excerpt.pointer)
    object.key("label", to: &out)
    out.append(json: excerpt.note)
  }

  private static func append(_ remark: Remark, to out: inout ByteBuffer) {
    var object = JSONObjectWriter()
    object.key("label", to: &out)
    out.append(json: remark.label)
    object.key("text", to: &out)
    out.append(json: remark.text)
    if !remark.lines.isEmpty {
      object.key("lines", to: &out)
      out.append("[")
      for (index, line) in remark.lines.enumerated() {
        if index > 0 { out.append(",") }
        out.append(json: line)
      }
      out.append("]")
    }
    object.end(to: &out)
  }
}

extension Excerpt {
  /// The column behind what is meant, from 1, in Unicode scalars.
  var endColumn: Int { column + max(1, text[range].count { $0 & 0xC0 != 0x80 }) }
}
