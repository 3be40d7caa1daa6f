internal import CMarkdown
internal import StrictJSON

/// Reads Markdown by libmd4c.
struct MarkdownReader {
  /// How many bytes the events of libmd4c may be.
  private static let maximumEvents = 16 << 20

  private var text = MarkedText()
  private var url: [UInt8] = []
  private var tags: [UInt8] = []
  private var openEvents: [cmarkdown_event] = []

  /// Reads a text; `nil` if it is none that a person would write, or libmd4c is missing.
  ///
  /// - Parameter bytes: UTF-8 without NUL.
  /// - Complexity: O(bytes).
  static func read(_ bytes: [UInt8]) -> MarkedText? {
    guard unsafe cmarkdown_load() == nil, MarkdownCost.isSmall(bytes.span) else { return nil }
    var count = 0
    let start = unsafe bytes.withUnsafeBytes { bytes in
      let text = unsafe bytes.assumingMemoryBound(to: CChar.self)
      return unsafe text.baseAddress.flatMap { start in
        unsafe cmarkdown_read(start, text.count, maximumEvents, &count)
      }
    }
    guard let start = unsafe start else { return bytes.isEmpty ? MarkedText() : nil }
    defer { unsafe cmarkdown_free(start) }
    var reader = MarkdownReader()
    reader.read(unsafe UnsafeBufferPointer(start: start, count: count).span)
    return reader.text
  }

  private mutating func read(_ events: borrowing Span<UInt8>) {
    var index = 0
    while index + 5 <= events.count {
      let event = cmarkdown_event(UInt32(events[index]))
      let start = index + 5
      index = start + number(events.extracting(index + 1..<start))
      read(event, events.extracting(start..<index))
    }
  }

  private mutating func read(_ event: cmarkdown_event, _ piece: borrowing Span<UInt8>) {
    if event == CMARKDOWN_TAGS { return tags.append(contentsOf: piece) }
    readTags()
    switch event {
    case CMARKDOWN_CLOSE: close()
    case CMARKDOWN_TEXT: text.append(piece)
    case CMARKDOWN_REFERENCE: text.append(CharacterReferences.text(of: piece).span)
    case CMARKDOWN_BREAK: text.append(.lineBreak)
    case CMARKDOWN_RULE: text.append(.rule)
    case CMARKDOWN_URL_TEXT: url.append(contentsOf: piece)
    case CMARKDOWN_URL_REFERENCE: url += CharacterReferences.text(of: piece)
    default:
      openEvents.append(event)
      if let element = element(event, piece) { text.open(element) }
      if event == CMARKDOWN_ITEM, piece.count == 1 {
        text.append(piece[0] == 0x20 ? "\u{2610} " : "\u{2611} ")
      }
    }
  }

  private mutating func close() {
    switch openEvents.popLast() {
    case CMARKDOWN_HTML?: text.closeLoose()
    case CMARKDOWN_OTHER?: break
    default: text.close()
    }
  }

  private mutating func element(
    _ event: cmarkdown_event,
    _ piece: borrowing Span<UInt8>
  ) -> Element? {
    switch event {
    case CMARKDOWN_PARAGRAPH: .paragraph
    case CMARKDOWN_HEADING: .heading(level: Int(piece[0]))
    case CMARKDOWN_QUOTE: .quote
    case CMARKDOWN_BULLETS: .bullets
    case CMARKDOWN_NUMBERS: .numbers(from: number(piece))
    case CMARKDOWN_ITEM: .item
    case CMARKDOWN_LITERAL: .literal
    case CMARKDOWN_TABLE: .table
    case CMARKDOWN_HEAD: .head
    case CMARKDOWN_BODY: .body
    case CMARKDOWN_ROW: .row
    case CMARKDOWN_HEADER: .header
    case CMARKDOWN_CELL: .cell
    case CMARKDOWN_EMPHASIS: .emphasis
    case CMARKDOWN_STRONG: .strong
    case CMARKDOWN_STRUCK: .struck
    case CMARKDOWN_CODE: .code
    case CMARKDOWN_LINK: .link(takeURL())
    case CMARKDOWN_IMAGE: .image(takeURL())
    default: nil
    }
  }

  private func number(_ piece: borrowing Span<UInt8>) -> Int {
    (0..<4).reversed().reduce(0) { $0 << 8 | Int(piece[$1]) }
  }

  private mutating func takeURL() -> Range<Int> {
    defer { url = [] }
    return text.keep(URLText.escaped(url).span)
  }

  /// Reads the tags of HTML that are complete now.
  private mutating func readTags() {
    if tags.isEmpty { return }
    let isBlock = openEvents.last == CMARKDOWN_HTML
    TagReader.read(tags, isBlock: isBlock, into: &text)
    tags = []
  }
}
