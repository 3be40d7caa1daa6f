import StrictJSON

/// What the differential tests ask of the JSON readers and the writer.
enum JSONProbe {
  /// `ok` and a dump of the tree of a text, or `error` and the code of its first mistake.
  static func json(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: json TEXT" }
    do {
      return "ok\t" + dump(try JSONDocument(parsing: text).root)
    } catch {
      return "error\t\(error.code)"
    }
  }

  /// The same from the cursor alone, without a dump.
  static func skip(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: json-skip TEXT" }
    do {
      try JSONCursor.validateUTF8(text.span)
      var cursor = JSONCursor(text.span)
      try cursor.skipValue()
      try cursor.finish()
      return "ok"
    } catch {
      return "error\t\(error.code)"
    }
  }

  /// A string as the writer writes it, in hexadecimal digits.
  static func quote(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: json-quote STRING" }
    var buffer = ByteBuffer()
    buffer.append(json: text.span)
    var written: [UInt8] = []
    for index in 0..<buffer.count { written.append(buffer.span[index]) }
    return hex(of: written)
  }

  /// A value in a form that has one spelling: strings in hexadecimal digits, numbers as written.
  private static func dump(_ value: JSONValue) -> String {
    switch value.payload {
    case .object(let members):
      let parts = members.map { "s" + hex(of: $0.key.utf8) + ":" + dump($0.value) }
      return "{" + parts.joined(separator: ",") + "}"
    case .array(let elements):
      return "[" + elements.map(dump).joined(separator: ",") + "]"
    case .string(let string): return "s" + hex(of: string.utf8)
    case .number(let digits): return "n" + digits
    case .boolean(let boolean): return boolean ? "true" : "false"
    case .null: return "null"
    }
  }

  private static func hex(of bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
