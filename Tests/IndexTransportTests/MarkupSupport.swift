import IndexTransport

/// What a page has, link by link.
struct ReadLink: Equatable {
  var href: String
  var text: String
  var before: String
  var after: String
}

struct LinkList: LinkVisitor {
  var links: [ReadLink] = []
  var hrefs: [[UInt8]] = []
  var base: String?

  mutating func visit(base href: borrowing Span<UInt8>) { base = string(href) }

  mutating func visit(_ link: borrowing PageLink) {
    links.append(
      ReadLink(
        href: string(link.href),
        text: string(link.text),
        before: string(link.before),
        after: string(link.after)
      )
    )
    hrefs.append(bytes(link.href))
  }
}

func bytes(_ span: borrowing Span<UInt8>) -> [UInt8] {
  var bytes: [UInt8] = []
  for index in 0..<span.count { bytes.append(span[index]) }
  return bytes
}

func string(_ span: borrowing Span<UInt8>) -> String {
  String(decoding: bytes(span), as: UTF8.self)
}

/// Reads a whole page in chunks of a size.
func read(
  _ page: [UInt8],
  chunk: Int = .max,
  charset: PageCharset = .bytes,
  limits: PageLimits = PageLimits()
) throws(MarkupProblem) -> (list: LinkList, facts: PageFacts) {
  var list = LinkList()
  var reader = try LinkReader(charset: charset, limits: limits)
  var start = 0
  while start < page.count {
    let end = start + min(chunk, page.count - start)
    try reader.feed(page.span.extracting(start..<end), &list)
    start = end
  }
  let facts = try reader.finish(&list)
  return (list, facts)
}

func read(
  _ page: String,
  chunk: Int = .max
) throws(MarkupProblem) -> (list: LinkList, facts: PageFacts) {
  try read(Array(page.utf8), chunk: chunk)
}

/// Why a page is refused; nil if it is not.
func refusal(_ page: [UInt8], charset: PageCharset = .bytes) -> MarkupProblem.Code? {
  do throws(MarkupProblem) {
    _ = try read(page, charset: charset)
    return nil
  } catch {
    return error.code
  }
}

func refusal(_ page: String) -> MarkupProblem.Code? { refusal(Array(page.utf8)) }

/// The elements of a document, one line each.
struct ElementList: XMLVisitor {
  var lines: [String] = []
  mutating func start(_ name: borrowing Span<UInt8>) { lines.append("<" + string(name)) }
  mutating func end() { lines.append(">") }

  mutating func text(_ text: borrowing Span<UInt8>) {
    let text = string(text)
    if let last = lines.last, last.hasPrefix("\"") {
      lines[lines.count - 1] = last + text
    } else {
      lines.append("\"" + text)
    }
  }
}

func readXML(_ document: String, chunk: Int = .max) throws(MarkupProblem) -> [String] {
  let bytes = Array(document.utf8)
  var list = ElementList()
  var reader = try XMLReader()
  var start = 0
  while start < bytes.count {
    let end = start + min(chunk, bytes.count - start)
    try reader.feed(bytes.span.extracting(start..<end), &list)
    start = end
  }
  try reader.finish(&list)
  return list.lines
}

func refusalXML(_ document: String) -> MarkupProblem.Code? {
  do throws(MarkupProblem) {
    _ = try readXML(document)
    return nil
  } catch {
    return error.code
  }
}
