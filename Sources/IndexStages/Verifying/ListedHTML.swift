import IndexTransport
import StrictJSON

/// Takes all links of a page of the simple API as they are written.
struct ListedHTML: LinkVisitor {
  /// A link.
  struct Link: Sendable {
    let text: [UInt8]
    let href: [UInt8]
  }

  private(set) var files: [ListedFile] = []
  /// All links, whatever they lead to.
  private(set) var links: [Link] = []
  /// Where links begin, if the page says so.
  private(set) var base: [UInt8]?

  /// Reads a page.
  ///
  /// - Throws: `MarkupProblem` if it cannot be read in full.
  init(_ page: [UInt8]) throws(MarkupProblem) {
    var reader = try LinkReader(charset: .bytes, limits: PageLimits(size: page.count))
    try reader.feed(page.span, &self)
    let facts = try reader.finish(&self)
    guard facts.isClosed else { throw MarkupProblem(.leftOver, "it does not end", at: page.count) }
  }

  mutating func visit(base href: borrowing Span<UInt8>) { base = Array(href) }

  mutating func visit(_ link: borrowing PageLink) {
    let href = Array(link.href)
    links.append(Link(text: Array(link.text), href: href))
    var file = ListedFile()
    file.filename = Array(link.text)
    let hash = href.firstIndex(of: UInt8(ascii: "#")) ?? href.endIndex
    file.href = Array(href[..<hash])
    if hash < href.endIndex { addDigest(href[(hash + 1)...], to: &file) }
    if let value = link.attribute(named: "data-requires-python") {
      file.requiresPython = Array(value)
    }
    if let value = link.attribute(named: "data-yanked") {
      file.yank = Array(value)
      if link.isBare("data-yanked") {
        file.faults.append(
          (code: "bare-yank", message: "is yanked by an attribute without a value")
        )
      }
    }
    addMetadata(of: link, to: &file)
    files.append(file)
  }

  private func addDigest(_ fragment: ArraySlice<UInt8>, to file: inout ListedFile) {
    if let digest = FileDigest(fragment) {
      file.digests.append(digest)
    } else if !fragment.isEmpty {
      file.faults.append(
        (code: "bad-digest", message: "has a link with \"#\" and no digest behind it")
      )
    }
  }

  private func addMetadata(of link: borrowing PageLink, to file: inout ListedFile) {
    var claim: [UInt8]?
    if let value = link.attribute(named: "data-core-metadata") {
      claim = Array(value)
    } else if let value = link.attribute(named: "data-dist-info-metadata") {
      claim = Array(value)
    }
    guard let claim, !claim.elementsEqual("false".utf8) else { return }
    if let digest = FileDigest(claim[...]) {
      file.metadata = .digest(digest)
    } else {
      file.metadata = .there
    }
  }
}
