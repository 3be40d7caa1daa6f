extension RestructuredTextReader {
  /// Reads a list with bullets or numbers.
  mutating func readList(_ lines: [TextLine], at start: Int, _ depth: Int) -> Int? {
    guard let first = ListMark(lines[start], source), isItem(lines, at: start, first) else {
      return nil
    }
    text.open(first.isBullet ? .bullets : .numbers(from: first.number ?? 1))
    var index = start
    var previous: ListMark?
    while index < lines.count, let mark = ListMark(lines[index], source),
      previous.map(mark.follows) ?? true, isItem(lines, at: index, mark)
    {
      let (rest, end) = indented(lines, from: index + 1, atLeast: mark.width)
      read([lines[index].dropping(mark.width)] + rest, in: .item, depth)
      previous = mark.after(previous)
      index = end
      while index < lines.count, lines[index].isBlank { index += 1 }
    }
    text.close()
    return index
  }

  /// Whether a line with a mark is an item: a sentence may begin with a number too.
  private func isItem(_ lines: [TextLine], at index: Int, _ mark: ListMark) -> Bool {
    guard !mark.isBullet, index + 1 < lines.count, !lines[index + 1].isBlank else { return true }
    let next = lines[index + 1]
    return source.indent(of: next) >= mark.width
      || ListMark(next, source).map { $0.follows(mark) } ?? false
  }

  /// Reads fields, such as `:author: me`, or options, such as `-v  More words`.
  mutating func readFields(_ lines: [TextLine], at start: Int, _ depth: Int) -> Int? {
    guard label(of: lines, at: start) != nil else { return nil }
    text.open(.terms)
    var index = start
    while index < lines.count, let (label, body) = label(of: lines, at: index) {
      text.open(.term)
      if source.byte(0, of: label) == UInt8(ascii: "-") {
        text.open(.code)
        append(label)
        text.close()
      } else {
        readPhrases([label])
      }
      text.close()
      let (rest, end) = indented(lines, from: index + 1)
      read([body] + rest, in: .definition, depth)
      index = end
      while index < lines.count, lines[index].isBlank { index += 1 }
    }
    text.close()
    return index
  }

  private func label(of lines: [TextLine], at index: Int) -> (label: TextLine, body: TextLine)? {
    let line = lines[index]
    switch source.byte(0, of: line) {
    case UInt8(ascii: ":"):
      let second = source.byte(1, of: line)
      guard second != UInt8(ascii: ":"), second > 0x20,
        let (_, rest) = ReferenceTargets.split(line.dropping(1), source)
      else { return nil }
      var end = rest.start
      while source[end - 1] == 0x20 { end -= 1 }
      return (TextLine(start: line.start + 1, end: end - 1), rest)
    case UInt8(ascii: "-"):
      let second = source.byte(1, of: line)
      let third = source.byte(2, of: line)
      let isLong = second == UInt8(ascii: "-") && (third.isLetter || third.isDigit)
      guard isLong || second.isLetter || second.isDigit else { return nil }
      var end = line.start
      while end < line.end, !(source[end] == 0x20 && source[end + 1] == 0x20) { end += 1 }
      let label = TextLine(start: line.start, end: end)
      let isBodyNext = index + 1 < lines.count && source.indent(of: lines[index + 1]) > 0
      guard end < line.end || isBodyNext, isOption(label) else { return nil }
      let body = line.dropping(end - line.start)
      return (label, body.dropping(source.indent(of: body)))
    default: return nil
    }
  }

  /// Whether a label is `-a`, `-a FILE, --all=FILE` or the like.
  private func isOption(_ label: TextLine) -> Bool {
    source[label.start..<label.end].split(separator: UInt8(ascii: ",")).allSatisfy { part in
      let words = part.split(separator: 0x20)
      return words.count <= 2 && words.first?.first == UInt8(ascii: "-")
    }
  }

  /// Reads terms with their definitions indented below.
  mutating func readTerms(_ lines: [TextLine], at start: Int, _ depth: Int) -> Int? {
    guard isTerm(lines, at: start) else { return nil }
    text.open(.terms)
    var index = start
    while index < lines.count, isTerm(lines, at: index), index == start || !isOther(lines[index]) {
      text.open(.term)
      readPhrases([lines[index]])
      text.close()
      let (block, end) = indented(lines, from: index + 1)
      read(block, in: .definition, depth)
      index = end
      while index < lines.count, lines[index].isBlank { index += 1 }
    }
    text.close()
    return index
  }

  private func isTerm(_ lines: [TextLine], at index: Int) -> Bool {
    guard index + 1 < lines.count, !lines[index + 1].isBlank else { return false }
    return source.indent(of: lines[index]) == 0 && source.indent(of: lines[index + 1]) > 0
  }

  /// Whether a line that could be a term begins a list or a directive.
  private func isOther(_ line: TextLine) -> Bool {
    ListMark(line, source) != nil || source.starts(line, with: "..")
      || source.starts(line, with: "| ") || source.byte(0, of: line) == UInt8(ascii: ":")
  }
}
