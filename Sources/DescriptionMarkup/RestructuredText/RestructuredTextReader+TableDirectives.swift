extension RestructuredTextReader {
  /// The rows of a `list-table`: a list of lists.
  func itemRows(_ block: DirectiveBlock) -> Rows? {
    guard let items = items(of: block.content) else { return nil }
    var rows: [[[TextLine]]] = []
    for item in items {
      guard let cells = self.items(of: item) else { return nil }
      rows.append(cells)
    }
    return table(rows, headCount: headCount(block))
  }

  /// The rows of a `csv-table`.
  func valueRows(_ block: DirectiveBlock) -> Rows? {
    var rows: [[[TextLine]]] = []
    var headCount = headCount(block)
    if let head = block.options["header"] {
      var index = 0
      guard let cells = values(of: [head], from: &index) else { return nil }
      rows.append(cells)
      headCount += 1
    }
    var index = 0
    while index < block.content.count {
      if block.content[index].isBlank {
        index += 1
      } else {
        guard let cells = values(of: block.content, from: &index) else { return nil }
        rows.append(cells)
      }
    }
    return table(rows, headCount: headCount)
  }

  private func headCount(_ block: DirectiveBlock) -> Int {
    let value = block.options["header-rows"].map { source[$0.start..<$0.end] }
    return value.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
  }

  /// A table of rows that are equally long; short ones end with empty cells.
  private func table(_ rows: [[[TextLine]]], headCount: Int) -> Rows? {
    let most = rows.map(\.count).max() ?? 0
    let least = rows.map(\.count).min() ?? 0
    // One long row would make many empty cells.
    guard least > 0, most <= 2 * least + 2, (0...rows.count).contains(headCount) else { return nil }
    let full = rows.map { $0 + [[TextLine]](repeating: [], count: most - $0.count) }
    return (headCount, full)
  }

  /// The items of a list with bullets, if the lines are one.
  private func items(of lines: [TextLine]) -> [[TextLine]]? {
    var items: [[TextLine]] = []
    var index = 0
    while index < lines.count {
      if lines[index].isBlank {
        index += 1
        continue
      }
      guard let mark = ListMark(lines[index], source), mark.isBullet else { return nil }
      let (rest, end) = indented(lines, from: index + 1, atLeast: mark.width)
      items.append([lines[index].dropping(mark.width)] + rest)
      index = end
    }
    return items
  }

  /// The values of a row, which are apart by commas; those in quotes may be of more lines.
  private func values(of lines: [TextLine], from next: inout Int) -> [[TextLine]]? {
    var values: [[TextLine]] = []
    var line = lines[next]
    next += 1
    while true {
      line = line.dropping(source.indent(of: line))
      var value: [TextLine] = []
      if source.byte(0, of: line) == UInt8(ascii: "\"") {
        line = line.dropping(1)
        var part = part(of: line, before: UInt8(ascii: "\""))
        while part.end == line.end, next < lines.count {
          value.append(part)
          line = lines[next]
          next += 1
          part = self.part(of: line, before: UInt8(ascii: "\""))
        }
        if part.end == line.end { return nil }
        value.append(part)
        line = line.dropping(part.end + 1 - line.start)
      } else {
        let part = part(of: line, before: UInt8(ascii: ","))
        value.append(trimmed(part))
        line = line.dropping(part.end - line.start)
      }
      values.append(value)
      line = line.dropping(source.indent(of: line))
      if line.isBlank { return values }
      if source.byte(0, of: line) != UInt8(ascii: ",") { return nil }
      line = line.dropping(1)
    }
  }

  /// The start of a line, up to a byte.
  private func part(of line: TextLine, before end: UInt8) -> TextLine {
    var part = TextLine(start: line.start, end: line.start)
    while part.end < line.end, source[part.end] != end { part.end += 1 }
    return part
  }
}
