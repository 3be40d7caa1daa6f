internal import StrictJSON

/// Reads the HTML that is in Markdown: of the tags, what they mean; of the rest, the text.
///
/// Nothing of it is copied but texts. What scripts, styles and comments hold is dropped.
struct TagReader {
  private let html: [UInt8]
  private let isBlock: Bool
  private var index = 0
  private var isInPreformatted = false

  /// Reads a piece of HTML.
  ///
  /// - Parameters:
  ///   - html: One or more tags within a line, or a block of HTML.
  ///   - isBlock: Whether it is a block.
  ///   - text: Where its texts go.
  /// - Complexity: O(bytes).
  static func read(_ html: [UInt8], isBlock: Bool, into text: inout MarkedText) {
    var reader = TagReader(html: html, isBlock: isBlock)
    while reader.index < html.count { reader.readNext(into: &text) }
  }

  private init(html: [UInt8], isBlock: Bool) {
    self.html = html
    self.isBlock = isBlock
  }

  private func byte(at index: Int) -> UInt8 { index < html.count ? html[index] : 0 }

  private mutating func readNext(into text: inout MarkedText) {
    guard html[index] == UInt8(ascii: "<") else { return readText(into: &text) }
    let next = byte(at: index + 1)
    if html.span.startsIgnoringCase(with: "<!--", at: index) {
      skip(past: "-->", from: index + 4)
    } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
      skip(past: ">", from: index + 1)
    } else if next.isLetter || next == UInt8(ascii: "/") && byte(at: index + 2).isLetter {
      var tag = HTMLTag()
      index = tag.read(html.span, from: index)
      apply(tag, to: &text)
    } else {
      readText(into: &text)
    }
  }

  private mutating func readText(into text: inout MarkedText) {
    let end = html.span.offset(of: UInt8(ascii: "<"), from: index + 1)
    let piece = CharacterReferences.decoded(html.span.extracting(index..<end))
    index = end
    if isBlock, !isInPreformatted {
      if piece.allSatisfy({ $0 <= 0x20 }) {
        if text.innermost?.holdsText ?? false, text.innermost != .item { text.append(" ") }
        return
      }
      startParagraph(in: &text)
    }
    text.append(piece.span)
  }

  private func startParagraph(in text: inout MarkedText) {
    let isOutside = text.innermost?.holdsBlocks ?? true
    if isBlock, isOutside { text.open(.paragraph, isLoose: true) }
  }

  private mutating func skip(past end: StaticString, from start: Int) {
    index = start
    while index < html.count, !html.span.startsIgnoringCase(with: end, at: index) { index += 1 }
    index = min(index + end.utf8CodeUnitCount, html.count)
  }

  private mutating func apply(_ tag: HTMLTag, to text: inout MarkedText) {
    switch tag.name {
    case "script", "style":
      if !tag.isEnd, isBlock {
        skip(past: tag.name == "script" ? "</script" : "</style", from: index)
        skip(past: ">", from: index)
      }
    case "br":
      startParagraph(in: &text)
      text.append(.lineBreak)
    case "img": appendImage(tag, to: &text)
    case "a": applyLink(tag, to: &text)
    case "b", "strong": apply(.strong, tag, to: &text)
    case "i", "em": apply(.emphasis, tag, to: &text)
    case "s", "del": apply(.struck, tag, to: &text)
    case "code", "kbd", "tt", "samp": apply(.code, tag, to: &text)
    default: if isBlock { applyBlock(tag, to: &text) }
    }
  }

  private mutating func applyBlock(_ tag: HTMLTag, to text: inout MarkedText) {
    switch tag.name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      text.closeLoose()
      let level = Int(tag.name.utf8.last.map { $0 - UInt8(ascii: "0") } ?? 1)
      if !tag.isEnd { text.open(.heading(level: level), isLoose: true) }
    case "pre":
      text.closeLoose()
      isInPreformatted = !tag.isEnd
      if isInPreformatted { text.open(.literal, isLoose: true) }
    case "hr":
      text.closeLoose()
      text.append(.rule)
    case "td", "th", "dd":
      text.append(" ")
    case "p", "div", "center", "details", "summary", "table", "thead", "tbody", "tr", "ul", "ol",
      "li", "dl", "dt", "blockquote", "section", "header", "footer", "article", "picture",
      "figure", "figcaption", "nav", "main", "aside":
      text.closeLoose()
    default: break
    }
  }

  private func apply(_ element: Element, _ tag: HTMLTag, to text: inout MarkedText) {
    if tag.isEnd { return text.closeLoose(element.name) }
    startParagraph(in: &text)
    text.open(element, isLoose: true)
  }

  private func applyLink(_ tag: HTMLTag, to text: inout MarkedText) {
    if tag.isEnd { return text.closeLoose("a") }
    guard let url = tag.href else { return }
    startParagraph(in: &text)
    text.open(.link(text.keep(URLText.escaped(url).span)), isLoose: true)
  }

  private func appendImage(_ tag: HTMLTag, to text: inout MarkedText) {
    startParagraph(in: &text)
    text.open(.image(text.keep(URLText.escaped(tag.src ?? []).span)))
    let alt = tag.alt ?? []
    text.append(alt.span)
    text.close()
  }
}
