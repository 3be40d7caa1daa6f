import StrictJSON

extension DiagnosticPrinter {
  /// The diagnostics as a SARIF 2.1.0 log, which code scanners read.
  ///
  /// - Parameters:
  ///   - diagnostics: All of one run.
  ///   - version: The release of Larder.
  package static func sarif(of diagnostics: [Diagnostic], version: String) -> String {
    var out = ByteBuffer()
    out.append(#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#)
    out.append(#""runs":[{"tool":{"driver":{"name":"larder","version":"#)
    out.append(json: version)
    out.append(#","rules":["#)
    let codes = Set(diagnostics.map { Array($0.code.utf8) })
      .sorted { $0.lexicographicallyPrecedes($1) }
    for (index, code) in codes.enumerated() {
      out.append(index == 0 ? #"{"id":"# : #",{"id":"#)
      out.append(json: code.span)
      out.append("}")
    }
    out.append(#"]}},"columnKind":"unicodeCodePoints","results":["#)
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { out.append(",") }
      append(result: diagnostic, to: &out)
    }
    out.append("]}]}")
    return String(decoding: out.span)
  }

  private static func append(result diagnostic: Diagnostic, to out: inout ByteBuffer) {
    var object = JSONObjectWriter()
    object.key("ruleId", to: &out)
    out.append(json: diagnostic.code)
    object.key("level", to: &out)
    out.append(json: diagnostic.severity.rawValue)
    object.key("message", to: &out)
    out.append(#"{"text":"#)
    var text = [diagnostic.message]
    if let note = diagnostic.excerpt?.note, !note.isEmpty { text.append(note) }
    text += diagnostic.remarks.map { $0.label.isEmpty ? $0.text : "\($0.label): \($0.text)" }
    out.append(json: text.joined(separator: "\n"))
    out.append("}")
    if let excerpt = diagnostic.excerpt {
      object.key("locations", to: &out)
      append(location: excerpt, to: &out)
    }
    object.end(to: &out)
  }

  private static func append(location excerpt: Excerpt, to out: inout ByteBuffer) {
    out.append(#"[{"physicalLocation":{"artifactLocation":{"uri":"#)
    out.append(json: uri(of: excerpt.path))
    out.append(#"},"region":{"startLine":"#)
    out.append(decimal: excerpt.line)
    out.append(#","startColumn":"#)
    out.append(decimal: excerpt.column)
    out.append(#","endColumn":"#)
    out.append(decimal: excerpt.endColumn)
    out.append(#"}},"logicalLocations":[{"fullyQualifiedName":"#)
    out.append(json: excerpt.pointer)
    out.append("}]}]")
  }

  /// A path as a relative reference of RFC 3986.
  private static func uri(of path: String) -> String {
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path.utf8 {
      let isPlain =
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x7E].contains(byte)
      if isPlain {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
