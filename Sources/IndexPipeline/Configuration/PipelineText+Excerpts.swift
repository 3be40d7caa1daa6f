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
    // Of a line that no window shows, what is around the mark.
    let first = start - 200 > lineStart ? startOfScalar(at: start - 200) : lineStart
    let window = first..<(start + 400 < lineEnd ? startOfScalar(at: start + 400) : lineEnd)
    let end = max(start, min(range.upperBound, window.upperBound))
    var text = window.lowerBound > lineStart ? Array("...".utf8) : []
    var (from, to): (Int?, Int?) = (nil, nil)
    var offset = window.lowerBound
    while offset < window.upperBound {
      if let secret = hidden.first(where: { $0.contains(offset) }) {
        if from == nil, secret.upperBound > start { from = text.count }
        text += "***".utf8
        if to == nil, secret.upperBound >= end { to = text.count }
        offset = min(secret.upperBound, window.upperBound)
        continue
      }
      if offset == start { from = from ?? text.count }
      if offset == end { to = to ?? text.count }
      text.append(bytes[offset])
      offset += 1
    }
    to = to ?? text.count
    if window.upperBound < lineEnd { text += "...".utf8 }
    let lower = from ?? text.count
    return Excerpt.Line(
      location(of: start).line,
      text: text,
      range: lower..<max(lower, to ?? text.count),
      note: note
    )
  }

  private func startOfScalar(at offset: Int) -> Int {
    var offset = offset
    while offset > 0, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
