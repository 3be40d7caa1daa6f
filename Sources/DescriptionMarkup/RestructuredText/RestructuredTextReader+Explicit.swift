extension RestructuredTextReader {
  /// Reads what begins with two dots: a directive, a target, a footnote or a comment.
  mutating func readExplicit(_ lines: [TextLine], at index: Int, _ depth: Int) -> Int? {
    let line = lines[index]
    if source.starts(line, with: "__ ") { return indented(lines, from: index + 1).end }
    guard source.starts(line, with: ".."),
      line.end - line.start == 2 || source.byte(2, of: line) == 0x20
    else { return nil }
    let isAlone = line.end - line.start == 2
    if isAlone, index + 1 < lines.count, lines[index + 1].isBlank { return index + 1 }
    let (rest, end) = indented(lines, from: index + 1)
    var first = line.dropping(2)
    first = first.dropping(source.indent(of: first))
    switch source.byte(0, of: first) {
    case UInt8(ascii: "_"): readTarget(first.dropping(1), rest)
    case UInt8(ascii: "|"): break
    case UInt8(ascii: "[") where isFootnote(first): readBlocks([first] + rest, depth: depth + 1)
    default:
      guard let (name, argument) = directive(first) else { break }
      let block = DirectiveBlock(name: name, argument: argument, rest, source)
      readDirective(block, lines[index..<end], depth)
    }
    return end
  }

  private mutating func readTarget(_ line: TextLine, _ rest: [TextLine]) {
    guard let (name, url) = ReferenceTargets.split(line, source), url.isBlank, rest.isEmpty else {
      return
    }
    text.append(.anchor(text.keep(name.span)))
  }

  /// Whether a line begins with the label of a footnote or a citation, such as `[1]`.
  private func isFootnote(_ line: TextLine) -> Bool {
    var end = line.start + 1
    while end < line.end, source[end].isDirectiveName || "#*".utf8.contains(source[end]) {
      end += 1
    }
    let isLabel = end > line.start + 1 && end < line.end && source[end] == UInt8(ascii: "]")
    return isLabel && (end + 1 == line.end || source[end + 1] == 0x20)
  }

  /// Splits `name:: argument`.
  private func directive(_ line: TextLine) -> (name: String, argument: TextLine)? {
    var index = line.start
    while index < line.end, source[index].isDirectiveName { index += 1 }
    let name = source[line.start..<index]
    while index < line.end, source[index] == 0x20 { index += 1 }
    let isDirective =
      index + 1 < line.end && source[index] == UInt8(ascii: ":")
      && source[index + 1] == UInt8(ascii: ":")
      && (index + 2 == line.end || source[index + 2] == 0x20)
    guard !name.isEmpty, isDirective else { return nil }
    let argument = line.dropping(index + 2 - line.start)
    return (
      String(decoding: name, as: UTF8.self).lowercased(),
      argument.dropping(source.indent(of: argument))
    )
  }

  private mutating func readDirective(
    _ block: DirectiveBlock,
    _ lines: ArraySlice<TextLine>,
    _ depth: Int
  ) {
    switch block.name {
    case "image": readImage(block)
    case "figure":
      readImage(block)
      readBlocks(block.content, depth: depth + 1)
    case "code", "code-block", "sourcecode", "parsed-literal", "math", "prompt", "doctest",
      "literalinclude", "productionlist", "ipython", "console":
      appendLiteral(block.name == "math" ? block.argumentLines + block.content : block.content)
    case "note", "warning", "attention", "caution", "danger", "error", "hint", "important", "tip",
      "seealso", "todo", "deprecated", "versionadded", "versionchanged", "admonition", "topic",
      "sidebar":
      readAdmonition(block, depth)
    case "rubric", "centered":
      readStrong(block.argumentLines)
    case "csv-table":
      if block.options["file"] != nil || block.options["url"] != nil { return }
      readStrong(block.argumentLines)
      write(valueRows(block), or: block.content[...], depth)
    case "list-table":
      readStrong(block.argumentLines)
      write(itemRows(block), or: block.content[...], depth)
    case "table":
      readStrong(block.argumentLines)
      readBlocks(block.content, depth: depth + 1)
    case "class", "container", "compound", "epigraph", "highlights", "pull-quote", "line-block",
      "only", "rst-class", "list", "hlist":
      readBlocks(block.content, depth: depth + 1)
    case "contents", "raw", "include", "meta", "sectnum", "section-numbering", "role",
      "default-role", "highlight", "title", "header", "footer", "target-notes", "index",
      "currentmodule", "toctree":
      break
    default: appendLiteral(lines)
    }
  }

  private mutating func readImage(_ block: DirectiveBlock) {
    // Badges come in dozens, and stay together.
    if text.reopenParagraph(closedAt: imageEnd) { text.append("\n") } else { text.open(.paragraph) }
    PhraseReader.append(ImageDirective(block.argumentLines + block.optionLines, source), to: &text)
    text.close()
    imageEnd = text.marks.count
  }

  private mutating func readStrong(_ lines: [TextLine]) {
    if lines.isEmpty { return }
    text.open(.paragraph)
    text.open(.strong)
    readPhrases(lines)
    text.close()
    text.close()
  }

  private mutating func readAdmonition(_ block: DirectiveBlock, _ depth: Int) {
    text.open(.quote)
    switch block.name {
    case "admonition", "topic", "sidebar":
      readStrong(block.argumentLines)
      readBlocks(block.content, depth: depth + 1)
    default:
      text.open(.paragraph)
      text.open(.strong)
      text.append((Array(block.title.utf8)).span)
      text.close()
      text.close()
      // What follows the name is the beginning of the text.
      readBlocks(
        block.argumentLines + block.optionLines + block.blankLine + block.content,
        depth: depth + 1
      )
    }
    text.close()
  }
}

/// The parts of a directive.
struct DirectiveBlock {
  let name: String
  private(set) var argumentLines: [TextLine] = []
  private(set) var optionLines: [TextLine] = []
  /// The values of the options that it has.
  private(set) var options: [String: TextLine] = [:]
  private(set) var content: [TextLine] = []

  /// Divides the lines of a directive.
  init(name: String, argument: TextLine, _ lines: [TextLine], _ bytes: [UInt8]) {
    self.name = name
    if !argument.isBlank { argumentLines = [argument] }
    var index = 0
    while index < lines.count, !lines[index].isBlank {
      let line = lines[index]
      if bytes.byte(0, of: line) == UInt8(ascii: ":"),
        let (option, value) = ReferenceTargets.split(line.dropping(1), bytes)
      {
        optionLines.append(line)
        options[String(decoding: option, as: UTF8.self)] = value
      } else if optionLines.isEmpty {
        argumentLines.append(line)
      } else {
        optionLines.append(line.dropping(bytes.indent(of: line)))
      }
      index += 1
    }
    content = Array(lines[index...].drop(while: \.isBlank))
  }

  /// A blank line, where there is one between the two parts of a text.
  var blankLine: [TextLine] {
    content.isEmpty ? [] : [TextLine(start: content[0].start, end: content[0].start)]
  }

  /// The name as a title.
  var title: String {
    switch name {
    case "seealso": "See also"
    case "versionadded": "New in version"
    case "versionchanged": "Changed in version"
    case "deprecated": "Deprecated"
    default: name.prefix(1).uppercased() + name.dropFirst()
    }
  }
}

extension UInt8 {
  /// Whether names of directives and roles have it.
  var isDirectiveName: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
      || self == UInt8(ascii: ".") || self == UInt8(ascii: "+")
  }
}
