internal import StrictJSON

/// Reads reStructuredText, as far as descriptions have it.
///
/// What is not understood is shown as its text. Directives that would take in other files, or HTML,
/// do nothing.
struct RestructuredTextReader {
  /// How deep blocks are looked for within blocks.
  static let maximumDepth = 16

  let source: [UInt8]
  var text = MarkedText()
  var phrases: PhraseReader
  /// The ornaments of sections in the order of their first use.
  var styles: [SectionStyle] = []
  /// How many marks there were after the last image.
  var imageEnd = -1

  /// Reads a text.
  ///
  /// - Parameter bytes: UTF-8 whose lines end with a line feed.
  /// - Complexity: O(bytes), as often as blocks are looked for within blocks.
  static func read(_ bytes: [UInt8]) -> MarkedText {
    let lines = TextLines(bytes)
    var reader = RestructuredTextReader(
      source: lines.bytes,
      phrases: PhraseReader(ReferenceTargets(lines))
    )
    reader.readBlocks(lines.lines, depth: 0)
    return reader.text
  }

  /// Reads blocks that are not indented any more.
  mutating func readBlocks(_ lines: [TextLine], depth: Int) {
    var index = 0
    while index < lines.count {
      if lines[index].isBlank {
        index += 1
      } else {
        index = readBlock(lines, at: index, depth)
      }
    }
  }

  private mutating func readBlock(_ lines: [TextLine], at index: Int, _ depth: Int) -> Int {
    if depth >= Self.maximumDepth { return readParagraph(lines, at: index, depth) }
    if source.indent(of: lines[index]) > 0 {
      let (block, end) = indented(lines, from: index)
      read(block, in: .quote, depth)
      return end
    }
    // In the order of docutils.
    return readList(lines, at: index, depth)
      ?? readFields(lines, at: index, depth)
      ?? readVerbatim(lines, at: index)
      ?? readTable(lines, at: index, depth)
      ?? readExplicit(lines, at: index, depth)
      ?? readSection(lines, at: index, depth)
      ?? readTerms(lines, at: index, depth)
      ?? readParagraph(lines, at: index, depth)
  }

  /// Reads blocks within an element.
  mutating func read(_ block: [TextLine], in element: Element, _ depth: Int) {
    text.open(element)
    readBlocks(block, depth: depth + 1)
    text.close()
  }

  /// Writes a line or more of running text.
  mutating func readPhrases(_ lines: some Sequence<TextLine>) {
    phrases.read(source.joined(lines), into: &text)
  }

  /// The indented lines from a place on, without what they all are indented by.
  ///
  /// - Parameter least: How much they must be indented; this much is taken away from each.
  func indented(
    _ lines: [TextLine],
    from start: Int,
    atLeast least: Int? = nil
  ) -> (block: [TextLine], end: Int) {
    var end = start
    var count = 0
    var common = Int.max
    while end < lines.count {
      if !lines[end].isBlank {
        let indent = source.indent(of: lines[end])
        if indent < least ?? 1 { break }
        common = min(common, indent)
        count = end + 1 - start
      }
      end += 1
    }
    let block = lines[start..<start + count].map { $0.dropping(least ?? common) }
    return (block, start + count)
  }

  /// Reads a paragraph, and the literal block that it announces.
  mutating func readParagraph(_ lines: [TextLine], at start: Int, _ depth: Int) -> Int {
    var end = start
    while end < lines.count, !lines[end].isBlank {
      if end > start, depth < Self.maximumDepth, source.indent(of: lines[end]) > 0 { break }
      end += 1
    }
    var paragraph = lines[start..<end].map { $0.dropping(source.indent(of: $0)) }
    let last = paragraph[paragraph.count - 1]
    let isAnnouncing = source[last.start..<last.end].suffix(2).elementsEqual("::".utf8)
    if isAnnouncing {
      let count = last.end - last.start
      let isAlone = count == 2 || source[last.end - 3] == 0x20
      paragraph[paragraph.count - 1] = trimmed(
        TextLine(start: last.start, end: last.end - (isAlone ? 2 : 1))
      )
    }
    text.open(.paragraph)
    readPhrases(paragraph)
    text.close()
    return isAnnouncing ? readLiteral(lines, at: end) : end
  }
}
