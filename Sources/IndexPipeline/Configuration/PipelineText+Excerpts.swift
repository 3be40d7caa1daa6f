import StrictJSON

// From ranges of the text to what a person sees of it.
extension PipelineText {
  /// The draft with its excerpt.
  func diagnostic(of draft: PipelineLog.Draft) -> Diagnostic {
    let from = includers.map { Remark("included from", $0.description) }
    return Diagnostic(
      draft.severity,
      code: draft.code,
      draft.message,
      excerpt: excerpt(of: draft),
      remarks: draft.remarks + from
    )
  }

  private func excerpt(of draft: PipelineLog.Draft) -> Excerpt {
    let marks = draft.marks.map { shown($0.range, $0.note) }
    let first = marks.first ?? shown(0..<0, "")
    let column = location(of: draft.marks.first?.range.lowerBound ?? 0).column
    var excerpt = Excerpt(
      path: path,
      line: first.number,
      text: first.text,
      range: first.range ?? 0..<0,
      column: column,
      note: first.note,
      pointer: draft.pointer.description
    )
    excerpt.further = Array(marks.dropFirst())
    if draft.showsNextLine, let next = nextLine(after: draft) { excerpt.further.append(next) }
    return excerpt
  }

  private func nextLine(after draft: PipelineLog.Draft) -> Excerpt.Line? {
    let start = min(draft.marks.last?.range.lowerBound ?? 0, bytes.count)
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let next = shown(end + 1..<end + 1, "")
    return end + 1 < bytes.count ? Excerpt.Line(next.number, text: next.text) : nil
  }

  /// The line around the start of `range`, with `***` for what must not be shown.
  private func shown(_ range: Range<Int>, _ note: String) -> Excerpt.Line {
    let newline = UInt8(ascii: "\n")
    let start = min(range.lowerBound, bytes.count)
    let lineStart = bytes[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
    let end = max(start, min(range.upperBound, lineEnd))
    let line = location(of: start).line
    if !hidden.contains(where: { $0.overlaps(lineStart..<lineEnd) }) {
      let text = Array(bytes[lineStart..<lineEnd])
      return Excerpt.Line(line, text: text, range: start - lineStart..<end - lineStart, note: note)
    }
    var text: [UInt8] = []
    var (from, to): (Int?, Int?) = (nil, nil)
    var offset = lineStart
    while offset < lineEnd {
      if let secret = hidden.first(where: { $0.contains(offset) }) {
        if from == nil, secret.upperBound > start { from = text.count }
        text += "***".utf8
        if to == nil, secret.upperBound >= end { to = text.count }
        offset = min(secret.upperBound, lineEnd)
        continue
      }
      if offset == start { from = from ?? text.count }
      if offset == end { to = to ?? text.count }
      text.append(bytes[offset])
      offset += 1
    }
    let lower = from ?? text.count
    return Excerpt.Line(
      line,
      text: text,
      range: lower..<max(lower, to ?? text.count),
      note: note
    )
  }
}
