internal import StrictJSON

extension HTMLWriter {
  /// Starts an element.
  mutating func start(_ element: Element) {
    var opened = Open(element: element)
    let isShallow = tags.count < Self.maximumDepth || element == .paragraph
    if isShallow, element.mayStand(in: parent) { writeStart(&opened) }
    if case .heading = element, opened.start == nil, !isInHeading { headingCount += 1 }
    if case .image = element { noteImage() }
    if opened.start == nil {
      // What is around an element that gets no tag stays apart from it.
      if !element.isPhrase, parent?.holdsText ?? true { html.append("\n") }
    } else {
      tags.append(open.count)
    }
    open.append(opened)
  }

  private mutating func writeStart(_ opened: inout Open) {
    let start = html.count
    switch opened.element {
    case .heading(let level):
      writeStart(ofHeading: level, &opened)
    case .literal:
      // With a tabindex, keys can scroll it.
      html.append("<pre tabindex=\"0\"><code>")
    case .numbers(let first) where first != 1:
      html.append("<ol start=\"")
      html.append(decimal: first)
      html.append("\">\n")
    case .link(let url), .image(let url):
      if case .image = opened.element { writeGap() }
      guard !isInLink, writeLink(url) else { return }
      isInLink = true
    default:
      html.append("<")
      html.append(opened.element.name)
      html.append(opened.element.holdsText ? ">" : ">\n")
    }
    opened.start = start
  }

  /// Writes the start of a heading without leaving out a level.
  private mutating func writeStart(ofHeading level: Int, _ opened: inout Open) {
    let above = levels.count { $0 < level }
    opened.digit = UInt8(ascii: "3") + UInt8(min(above, 3))
    html.append("<h")
    html.append(opened.digit)
    html.append(" id=\"")
    html.append(Self.prefix)
    let name = names.names[headingCount]
    html.append(escaping: name.span)
    html.append("\">")
    headingCount += 1
    isInHeading = true
  }

  private mutating func writeLink(_ range: Range<Int>) -> Bool {
    let bytes = text.bytes
    let url = bytes.span.extracting(range)
    switch LinkTarget(url) {
    case nil: return false
    case .elsewhere:
      html.append("<a href=\"")
      html.append(escaping: url)
      html.append("\" rel=\"nofollow\">")
    case .heading(let fragment):
      guard let name = names.name(for: fragment) else { return false }
      html.append("<a href=\"#")
      html.append(Self.prefix)
      html.append(escaping: name.span)
      html.append("\">")
    }
    return true
  }

  /// Writes the text of a link that has none: the host and the path.
  private mutating func writePlace(_ range: Range<Int>) {
    let bytes = text.bytes[range]
    let schemeEnd = bytes.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? range.lowerBound
    var place = bytes[schemeEnd...].drop { $0 == UInt8(ascii: "/") }
    place = place.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    while place.last == UInt8(ascii: "/") { place.removeLast() }
    let shown = Array(place.isEmpty ? bytes : place)
    html.append(escaping: shown.span)
  }

  /// Keeps an image apart from a link before it, as pictures would be.
  private mutating func writeGap() {
    if html.count > 4, html.span.extracting(html.count - 4..<html.count).elementsEqual("</a>") {
      html.append("\n")
    }
  }

  /// Lets the link around an image have a text even if the image has none.
  private mutating func noteImage() {
    for place in tags.reversed() {
      if case .link = open[place].element { open[place].hasImage = true }
    }
  }

  /// Ends the innermost element, which is nothing if it has no text but needs it.
  mutating func end() {
    guard var closed = open.popLast() else { return }
    if let start = closed.start {
      tags.removeLast()
      if case .link(let url) = closed.element, !closed.hasText, closed.hasImage {
        writePlace(url)
        closed.hasText = true
      }
      if closed.hasText || !closed.element.needsText {
        writeEnd(closed)
      } else {
        html.truncate(to: start)
      }
      if closed.element.isLink { isInLink = false }
      if case .heading = closed.element { isInHeading = false }
    }
    if closed.hasText, let last = open.indices.last { open[last].hasText = true }
  }

  private mutating func writeEnd(_ closed: Open) {
    switch closed.element {
    case .heading(let level):
      while let last = levels.last, last >= level { levels.removeLast() }
      levels.append(level)
      html.append("</h")
      html.append(closed.digit)
    case .literal: html.append("</code></pre")
    case .header where !closed.hasText:
      // A header that says nothing heads nothing.
      html.truncate(to: closed.start ?? html.count)
      html.append("<td></td")
    default:
      html.append("</")
      html.append(closed.element.name)
    }
    html.append(closed.element.isPhrase ? ">" : ">\n")
  }
}

extension Element {
  fileprivate var isLink: Bool {
    switch self {
    case .link, .image: true
    default: false
    }
  }
}
