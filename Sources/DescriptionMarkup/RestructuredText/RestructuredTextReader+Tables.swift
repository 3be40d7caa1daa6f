extension RestructuredTextReader {
  /// Reads a table, or shows it as it is if cells of it span others.
  mutating func readTable(_ lines: [TextLine], at start: Int, _ depth: Int) -> Int? {
    if source.starts(lines[start], with: "+-"), isGridBorder(lines[start]) {
      var end = start
      while end < lines.count, "+|".utf8.contains(source.byte(0, of: lines[end])) { end += 1 }
      write(gridRows(lines[start..<end]), or: lines[start..<end], depth)
      return end
    }
    guard source.starts(lines[start], with: "=="), let columns = simpleColumns(lines[start]) else {
      return nil
    }
    // The table ends with a border before a blank line, or the second border after the head.
    var borders = 1
    var end = start + 1
    while end < lines.count {
      let isBorder = simpleColumns(lines[end])?.elementsEqual(columns) ?? false
      end += 1
      if !isBorder { continue }
      borders += 1
      if borders == 3 || end == lines.count || lines[end].isBlank { break }
    }
    if borders == 1 { return nil }
    write(simpleRows(lines[start..<end], columns), or: lines[start..<end], depth)
    return end
  }

  /// The rows of a table: how many of them are its head, and the lines of each cell.
  typealias Rows = (headCount: Int, rows: [[[TextLine]]])

  mutating func write(_ rows: Rows?, or lines: ArraySlice<TextLine>, _ depth: Int) {
    guard let (headCount, rows) = rows, depth < Self.maximumDepth else {
      return appendLiteral(lines)
    }
    text.open(.table)
    for (index, row) in rows.enumerated() {
      let isHead = index < headCount
      if index == 0 || index == headCount { text.open(isHead ? .head : .body) }
      text.open(.row)
      for cell in row { write(cell, in: isHead ? .header : .cell, depth) }
      text.close()
      if index + 1 == rows.count || index + 1 == headCount { text.close() }
    }
    text.close()
  }

  private mutating func write(_ cell: [TextLine], in element: Element, _ depth: Int) {
    let indent = cell.filter { !$0.isBlank }.map(source.indent).min() ?? 0
    read(cell.map { $0.dropping(indent) }, in: element, depth)
  }

  // MARK: Grids

  private func isGridBorder(_ line: TextLine, with stroke: UInt8 = UInt8(ascii: "-")) -> Bool {
    source[line.end - 1] == UInt8(ascii: "+")
      && source[line.start..<line.end].allSatisfy { $0 == UInt8(ascii: "+") || $0 == stroke }
  }

  private func gridRows(_ lines: ArraySlice<TextLine>) -> Rows? {
    guard let first = lines.first, let last = lines.last, isGridBorder(last), lines.count > 2 else {
      return nil
    }
    let corners = (0..<first.end - first.start).filter {
      source[first.start + $0] == UInt8(ascii: "+")
    }
    var rows: [[[TextLine]]] = []
    var headCount = 0
    var row: [[TextLine]] = []
    for line in lines.dropFirst() {
      let isHeadEnd = isGridBorder(line, with: UInt8(ascii: "="))
      if isHeadEnd || isGridBorder(line) {
        guard line.end - line.start == first.end - first.start, !row.isEmpty else { return nil }
        rows.append(row)
        row = []
        if !isHeadEnd { continue }
        if headCount > 0 { return nil }
        headCount = rows.count
      } else {
        guard let cells = gridCells(line, corners) else { return nil }
        row = row.isEmpty ? cells.map { [$0] } : zip(row, cells).map { $0 + [$1] }
      }
    }
    return row.isEmpty ? (headCount, rows) : nil
  }

  /// The parts of a line.
  ///
  /// A border within a row, beside a cell of more rows, parts paragraphs.
  private func gridCells(_ line: TextLine, _ corners: [Int]) -> [TextLine]? {
    let places = places(of: corners, in: line)
    guard places.count == corners.count, places.last == line.end - 1,
      places.allSatisfy({ source[$0] == UInt8(ascii: "|") || source[$0] == UInt8(ascii: "+") })
    else { return nil }
    return zip(places, places.dropFirst()).map { start, end in
      let cell = TextLine(start: start + 1, end: end)
      let isBorder = source.ornament(of: cell) == UInt8(ascii: "-")
      return isBorder ? TextLine(start: end, end: end) : trimmed(cell)
    }
  }

  // MARK: Simple tables

  /// The columns of a border of `=`, if there are two at least.
  private func simpleColumns(_ line: TextLine) -> [Int]? {
    var columns: [Int] = []
    for index in line.start..<line.end {
      guard source[index] == UInt8(ascii: "=") || source[index] == 0x20 else { return nil }
      let isStart = index == line.start || source[index - 1] == 0x20
      if isStart, source[index] != 0x20 { columns.append(index - line.start) }
    }
    return columns.count > 1 ? columns : nil
  }

  private func simpleRows(_ lines: ArraySlice<TextLine>, _ columns: [Int]) -> Rows? {
    var rows: [[[TextLine]]] = []
    var headCount = 0
    for (offset, line) in lines.dropFirst().dropLast().enumerated() {
      if simpleColumns(line) != nil {
        if headCount > 0 || offset == 0 { return nil }
        headCount = rows.count
        continue
      }
      // A line of hyphens tells which columns a cell spans.
      if source.ornament(of: line) == UInt8(ascii: "-") { return nil }
      guard let cells = simpleCells(line, columns) else { return nil }
      if cells[0].isBlank, !rows.isEmpty, rows.count > headCount {
        rows[rows.count - 1] = zip(rows[rows.count - 1], cells).map { $0 + [$1] }
      } else if !line.isBlank {
        rows.append(cells.map { [$0] })
      }
    }
    return rows.isEmpty ? nil : (headCount, rows)
  }

  private func simpleCells(_ line: TextLine, _ columns: [Int]) -> [TextLine]? {
    var places = places(of: columns, in: line)
    // What stands in the gap before a column spans it.
    for place in places.dropFirst() where source[place - 1] != 0x20 { return nil }
    while places.count < columns.count { places.append(line.end) }
    let ends = places.dropFirst() + [line.end]
    return zip(places, ends).map { trimmed(TextLine(start: $0, end: $1)) }
  }

  // MARK: Columns

  /// The places of characters in a line, of those that it has.
  private func places(of columns: [Int], in line: TextLine) -> [Int] {
    var places: [Int] = []
    var column = 0
    for index in line.start..<line.end where source[index] & 0xC0 != 0x80 {
      if places.count < columns.count, columns[places.count] == column { places.append(index) }
      column += 1
    }
    return places
  }

  func trimmed(_ line: TextLine) -> TextLine {
    var line = line
    while !line.isBlank, source[line.end - 1] == 0x20 { line.end -= 1 }
    return line
  }
}
