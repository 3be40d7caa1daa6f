/// The elements that a description may consist of; there are no others on the page.
enum Element: Equatable {
  case paragraph
  /// A heading of the level that its author gave it, from 1.
  case heading(level: Int)
  case quote
  case bullets
  case numbers(from: Int)
  case item
  /// A block of code.
  case literal
  case table, head, body, row, header, cell
  case terms, term, definition
  case emphasis, strong, struck, code
  /// A link to the URL at these places of the text.
  case link(Range<Int>)
  /// An image, whose URL is at these places of the text; what is in it says what it shows.
  case image(Range<Int>)
}

extension Element {
  /// Whether browsers leave the element where it is written, in `parent`.
  ///
  /// - Parameter parent: The element around it, or `nil` for none.
  func mayStand(in parent: Element?) -> Bool {
    switch self {
    case .paragraph, .heading, .quote, .bullets, .numbers, .literal, .table, .terms:
      parent?.holdsBlocks ?? true
    case .item: parent?.isList ?? false
    case .head, .body: parent == .table
    case .row: parent == .head || parent == .body
    case .header, .cell: parent == .row
    case .term, .definition: parent == .terms
    case .emphasis, .strong, .struck, .code, .link, .image: parent?.holdsText ?? true
    }
  }

  /// Whether paragraphs, lists and the like may stand in it.
  var holdsBlocks: Bool {
    switch self {
    case .quote, .item, .header, .cell, .definition: true
    default: false
    }
  }

  /// Whether text may stand in it.
  var holdsText: Bool {
    switch self {
    case .bullets, .numbers, .table, .head, .body, .row, .terms: false
    default: true
    }
  }

  /// Whether it is nothing without text in it: an empty link or heading misleads who only hears it.
  var needsText: Bool {
    switch self {
    case .item, .header, .cell, .term, .definition: false
    default: true
    }
  }

  /// Whether it is part of a line.
  var isPhrase: Bool {
    switch self {
    case .emphasis, .strong, .struck, .code, .link, .image: true
    default: false
    }
  }

  private var isList: Bool {
    switch self {
    case .bullets, .numbers: true
    default: false
    }
  }

  /// The name in HTML, but for headings and images.
  var name: StaticString {
    switch self {
    case .paragraph: "p"
    case .heading: "h3"
    case .quote: "blockquote"
    case .bullets: "ul"
    case .numbers: "ol"
    case .item: "li"
    case .literal: "pre"
    case .table: "table"
    case .head: "thead"
    case .body: "tbody"
    case .row: "tr"
    case .header: "th"
    case .cell: "td"
    case .terms: "dl"
    case .term: "dt"
    case .definition: "dd"
    case .emphasis: "em"
    case .strong: "strong"
    case .struck: "del"
    case .code: "code"
    case .link, .image: "a"
    }
  }
}
