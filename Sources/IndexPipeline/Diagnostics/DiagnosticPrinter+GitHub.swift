extension DiagnosticPrinter {
  /// The diagnostic as a workflow command, which GitHub shows beside the line of the file.
  package static func annotation(of diagnostic: Diagnostic) -> String {
    var properties: [String] = []
    if let excerpt = diagnostic.excerpt {
      properties = [
        "file=\(escaped(excerpt.path))", "line=\(excerpt.line)", "col=\(excerpt.column)",
        "endColumn=\(excerpt.endColumn)",
      ]
    }
    properties.append("title=\(escaped(diagnostic.code))")
    var lines = [diagnostic.message]
    if let note = diagnostic.excerpt?.note, !note.isEmpty { lines.append(note) }
    for remark in diagnostic.remarks {
      lines.append(remark.label.isEmpty ? remark.text : "\(remark.label): \(remark.text)")
      lines += remark.lines
    }
    let text = escaped(lines.joined(separator: "\n"), isProperty: false)
    return "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))::\(text)"
  }

  /// Text in which nothing ends the command or one of its properties.
  private static func escaped(_ text: String, isProperty: Bool = true) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "%"): bytes += "%25".utf8
      case UInt8(ascii: "\r"): bytes += "%0D".utf8
      case UInt8(ascii: "\n"): bytes += "%0A".utf8
      case UInt8(ascii: ":") where isProperty: bytes += "%3A".utf8
      case UInt8(ascii: ",") where isProperty: bytes += "%2C".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
