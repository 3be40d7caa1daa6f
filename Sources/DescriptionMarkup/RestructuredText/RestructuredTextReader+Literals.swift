internal import StrictJSON

extension RestructuredTextReader {
  /// Reads a block whose lines stay as they are: a session of Python, or lines of verse.
  mutating func readVerbatim(_ lines: [TextLine], at start: Int) -> Int? {
    if source.starts(lines[start], with: ">>> ") {
      var end = start
      while end < lines.count, !lines[end].isBlank { end += 1 }
      appendLiteral(lines[start..<end])
      return end
    }
    guard isVerse(lines[start]) else { return nil }
    text.open(.paragraph)
    var index = start
    while index < lines.count, isVerse(lines[index]) {
      var end = index + 1
      while end < lines.count, source.indent(of: lines[end]) > 0 { end += 1 }
      if index > start { text.append(.lineBreak) }
      readPhrases(
        [lines[index].dropping(2)]
          + lines[index + 1..<end].map { $0.dropping(source.indent(of: $0)) }
      )
      index = end
    }
    text.close()
    return index
  }

  private func isVerse(_ line: TextLine) -> Bool {
    source.byte(0, of: line) == UInt8(ascii: "|")
      && (line.end - line.start == 1 || source.byte(1, of: line) == 0x20)
  }

  /// Reads the block that `::` announces: indented, or with a mark before each line.
  mutating func readLiteral(_ lines: [TextLine], at start: Int) -> Int {
    var index = start
    while index < lines.count, lines[index].isBlank { index += 1 }
    guard index < lines.count else { return index }
    if source.indent(of: lines[index]) > 0 {
      let (block, end) = indented(lines, from: index)
      appendLiteral(block)
      return end
    }
    let mark = source.byte(0, of: lines[index])
    guard index > start, mark.isPunctuation else { return index }
    var end = index
    while end < lines.count, source.byte(0, of: lines[end]) == mark { end += 1 }
    appendLiteral(lines[index..<end])
    return end
  }

  /// Writes lines as code.
  mutating func appendLiteral(_ lines: some Sequence<TextLine>) {
    text.open(.literal)
    for line in lines {
      append(line)
      text.append("\n")
    }
    text.close()
  }

  /// Writes a line as it is.
  mutating func append(_ line: TextLine) {
    let source = source
    text.append(source.span.extracting(line.start..<line.end))
  }
}
