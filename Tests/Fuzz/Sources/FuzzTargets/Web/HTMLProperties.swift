import IndexTransport

/// Where a page is cut makes no difference to what is found, and all that is found has its limits.
///
/// What libxml2 holds back at a time depends on the cuts. So a page of broken tags may be refused,
/// not be called closed, or end in another text if it was not, if it comes in other chunks. That
/// text is that of the last link or behind it, the footer, and a title or a heading without an end.
enum HTMLProperties {
  static func check(_ page: [UInt8]) {
    var generator = InputGenerator(page)
    let whole = PageReading(page, in: [0..<page.count])
    let cut = PageReading(page, in: generator.chunks(of: page.count))
    require(
      whole.agrees(with: cut) || PageReading.mayMistake(page),
      "where a page is cut makes a difference: \(whole) or \(cut)"
    )
    let strict = PageReading(page, in: [0..<page.count], charset: .utf8)
    if page.isUTF8 {
      require(whole == strict, "UTF-8 is read in another way if it is called so")
    } else {
      require(strict.facts == nil, "a page that is no UTF-8 is read as one")
    }
    let small = PageReading(page, in: [0..<page.count], limits: PageLimits(size: page.count - 1))
    require(small.facts == nil, "a page is read beyond its limit")
    guard let facts = whole.facts else { return }
    require(facts.byteCount == page.count, "the size of the page is wrong")
    require(facts.isUTF8 == page.isUTF8, "the page is taken for another charset")
    require(facts.linkCount == whole.visitor.links.count, "links are counted wrongly")
    require(facts.base == whole.visitor.base, "the base is not the one that was visited")
    let isShort = facts.title.count <= 512 && facts.heading.count <= 512
    require(isShort && facts.footer.count <= 2048, "a text of the page is too long")
    for link in whole.visitor.links {
      require(link.before.count <= 512, "the text before a link is too long")
      require(link.after.count <= 2048, "the text after a link is too long")
    }
  }
}

/// What comes of reading a page.
struct PageReading: Equatable {
  var visitor = LinkRecorder()
  var facts: PageFacts?
  var code: MarkupProblem.Code?

  init(
    _ page: [UInt8],
    in chunks: [Range<Int>],
    charset: PageCharset = .bytes,
    limits: PageLimits = PageLimits()
  ) {
    do throws(MarkupProblem) {
      facts = try Self.read(page, in: chunks, charset: charset, limits: limits, &visitor)
    } catch {
      require(error.code != .noLibrary, "libxml2 is missing")
      require((0...page.count).contains(error.offset), "not in the page: \(error)")
      require(!error.message.isEmpty, "a problem has no message")
      code = error.code
      // What was visited before does not count.
      visitor = LinkRecorder()
    }
  }

  /// Whether the same was found, as far as neither refused the page.
  func agrees(with other: PageReading) -> Bool {
    guard var facts, let others = other.facts else {
      // Of several problems, any may be met first.
      let cutting: [MarkupProblem.Code] = [
        .syntax, .leftOver, .tagTooLong, .tooManyAttributes, .textTooLong,
      ]
      return facts == nil && other.facts == nil || cutting.contains { $0 == code ?? other.code }
    }
    var (visitor, visited) = (visitor, other.visitor)
    if !facts.isClosed, !others.isClosed {
      (facts.title, facts.heading, facts.footer) = (others.title, others.heading, others.footer)
      visitor.forgetEnd()
      visited.forgetEnd()
    }
    facts.isClosed = others.isClosed
    return facts == others && visitor == visited
  }

  /// Whether characters of a page may be taken for the bytes that travel as such.
  ///
  /// They are private ones at the very end of Unicode, which no file is named with.
  static func mayMistake(_ page: [UInt8]) -> Bool {
    !page.isUTF8
      && zip(page, zip(page.dropFirst(), page.dropFirst(2))).contains {
        $0 == 0xF4 && $1.0 == 0x8F && $1.1 >= 0xBE
      }
  }

  /// Shows all links of a page to a visitor.
  static func read(
    _ page: [UInt8],
    in chunks: [Range<Int>],
    charset: PageCharset = .bytes,
    limits: PageLimits = PageLimits(),
    _ visitor: inout some LinkVisitor
  ) throws(MarkupProblem) -> PageFacts {
    var reader = try LinkReader(charset: charset, limits: limits)
    for chunk in chunks { try reader.feed(page.span.extracting(chunk), &visitor) }
    return try reader.finish(&visitor)
  }
}

/// Keeps all that a page says of its links.
struct LinkRecorder: LinkVisitor, Equatable {
  struct Link: Equatable {
    let href, before: [UInt8]
    var text, after: [UInt8]
    let attributes: [[UInt8]?]
    let isBare: Bool
  }

  private(set) var base: [UInt8]?
  private(set) var links: [Link] = []

  /// Forgets the text of the last link, and that behind it.
  mutating func forgetEnd() {
    guard !links.isEmpty else { return }
    (links[links.count - 1].text, links[links.count - 1].after) = ([], [])
  }

  mutating func visit(base href: borrowing Span<UInt8>) {
    require(base == nil && links.isEmpty, "a base comes after another one, or after a link")
    base = [UInt8](of: href)
  }

  mutating func visit(_ link: borrowing PageLink) {
    var attributes: [[UInt8]?] = []
    for name in ["data-requires-python", "data-yanked", "rel", "a"] {
      if let value = link.attribute(named: name) {
        attributes.append([UInt8](of: value))
      } else {
        attributes.append(nil)
      }
    }
    links.append(
      Link(
        href: [UInt8](of: link.href),
        before: [UInt8](of: link.before),
        text: [UInt8](of: link.text),
        after: [UInt8](of: link.after),
        attributes: attributes,
        isBare: link.isBare("data-yanked")
      )
    )
  }
}
