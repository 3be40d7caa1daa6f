import StrictJSON

// Commands, which are arrays, so that no shell has a say in what a word is.
extension Settings {
  /// Reads a program and its arguments, which must be given.
  public mutating func command(_ name: String, _ doc: String, example: [String]) -> [String] {
    let shown = "[\(example.map(\.asJSON).joined(separator: ", "))]"
    let spec = FieldSpec(name, doc, .list(.string), isRequired: true, example: shown)
    if let line = value[name]?.string {
      _ = ask(spec)
      refuse(commandLine: line, spec)
      return []
    }
    let words = strings(name, doc, isRequired: true, example: example)
    if let value = value[name]?.elements, value.isEmpty {
      refuse("wrong-value", "\"\(name)\" must name a program", field: name)
    }
    return words
  }

  /// Refuses a command that is written as a shell takes it.
  private mutating func refuse(commandLine line: String, _ spec: FieldSpec) {
    let words = Self.words(of: Array(line.utf8))
    let array = "[\(words.map(\.asJSON).joined(separator: ", "))]"
    let isScript = line.utf8.contains { "|&;<>$`*".utf8.contains($0) }
    refuse(
      "wrong-type",
      "\"\(spec.name)\" must be an array, not a string",
      field: spec.name,
      caret: "one element for the program, and one for each argument",
      notes: isScript
        ? ["no shell reads it; for a script write [\"sh\", \"-c\", \(line.asJSON)]"] : [],
      help: "write \"\(spec.name)\": \(array)"
    )
  }

  /// The words of a command line, as far as spaces and plain quotes tell.
  private static func words(of line: [UInt8]) -> [String] {
    var words: [String] = []
    var word: [UInt8]?
    var quote: UInt8?
    for byte in line {
      if let open = quote {
        if byte == open { quote = nil } else { word?.append(byte) }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        word = word ?? []
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        if let word { words.append(String(decoding: word, as: UTF8.self)) }
        word = nil
      } else {
        word = (word ?? []) + [byte]
      }
    }
    if let word { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
