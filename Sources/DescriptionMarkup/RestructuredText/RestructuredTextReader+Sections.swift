/// How the title of a section is underlined, which says its level.
struct SectionStyle: Equatable {
  let ornament: UInt8
  let hasOverline: Bool
}

extension RestructuredTextReader {
  /// Reads the title of a section, or a transition.
  mutating func readSection(_ lines: [TextLine], at index: Int, _ depth: Int) -> Int? {
    let line = lines[index]
    if let ornament = source.ornament(of: line) {
      let count = line.end - line.start
      if index + 2 < lines.count, depth == 0, !lines[index + 1].isBlank,
        source.ornament(of: lines[index + 2]) == ornament
      {
        let title = lines[index + 1].dropping(source.indent(of: lines[index + 1]))
        if count >= 4 || count >= source.width(of: title) {
          return readTitle(title, SectionStyle(ornament: ornament, hasOverline: true), index + 3)
        }
      }
      if count >= 4, index + 1 >= lines.count || lines[index + 1].isBlank {
        text.append(.rule)
        return index + 1
      }
    }
    guard depth == 0, index + 1 < lines.count,
      let ornament = source.ornament(of: lines[index + 1])
    else { return nil }
    let underline = lines[index + 1].end - lines[index + 1].start
    guard underline >= 4 || underline >= source.width(of: line) else { return nil }
    return readTitle(line, SectionStyle(ornament: ornament, hasOverline: false), index + 2)
  }

  private mutating func readTitle(_ title: TextLine, _ style: SectionStyle, _ end: Int) -> Int {
    if !styles.contains(style) { styles.append(style) }
    let level = styles.firstIndex(of: style) ?? 0
    text.open(.heading(level: level + 1))
    readPhrases([title])
    text.close()
    return end
  }
}
