/// What a page is that was found where an index or a folder of distributions is expected.
public enum PageKind: Sendable, Hashable {
  /// A list of projects (PEP 503).
  case simpleRoot
  /// The files of one project (PEP 503).
  case simpleProject
  /// Links to distributions, anywhere: what installers take with `--find-links`.
  case fileLinks
  /// The list that a web server made of a folder; nil where the server is not known.
  case listing(ListingServer?)
  /// None of these: a page to log in, for instance.
  case other
}

/// Finds out what a page is, while its links are read.
public struct PageSurvey: LinkVisitor, Sendable {
  /// How many links lead to a file whose name ends as those of distributions do.
  public private(set) var fileCount = 0
  /// How many links lead to a folder of just their text, as those of a simple root do.
  private var projectCount = 0
  private var linkCount = 0
  private var parentCount = 0
  private var attributeCount = 0
  private var server: ListingServer?

  /// Creates a survey of one page.
  public init() {}

  /// Takes the link into account.
  public mutating func visit(_ link: borrowing PageLink) {
    linkCount += 1
    let href = link.href
    if href.isDistribution { fileCount += 1 }
    if href.isFolder(named: link.text) { projectCount += 1 }
    for name in Self.attributes where link.attribute(named: name) != nil { attributeCount += 1 }
    if href.equals("..") || href.equals("../") { parentCount += 1 }
    if let marked = ListingServer(markedBy: href, link.text, link.after) { server = marked }
  }

  private static let attributes = [
    "data-requires-python", "data-yanked", "data-core-metadata", "data-dist-info-metadata",
    "data-gpg-sig", "data-provenance",
  ]

  /// What the page is.
  ///
  /// - Parameter facts: What the reader says of the page at its end.
  public func kind(_ facts: PageFacts) -> PageKind {
    let saysLinks = facts.title.span.matches("links for ", at: 0)
    let isSimple =
      saysLinks || attributeCount > 0 || facts.meta("pypi:repository-version") != nil
    let isRoot = linkCount > 0 && projectCount == linkCount
    if isSimple {
      if linkCount > 0 { return isRoot && !saysLinks ? .simpleRoot : .simpleProject }
      return facts.title.span.contains(ignoringCase: "simple index") ? .simpleRoot : .simpleProject
    }
    if let server = ListingServer(facts, marked: server) { return .listing(server) }
    if facts.title.span.contains(ignoringCase: "index of")
      || facts.heading.span.contains(ignoringCase: "index of")
    {
      return .listing(nil)
    }
    if isRoot { return .simpleRoot }
    if parentCount > 0 { return .listing(nil) }
    return fileCount > 0 ? .fileLinks : .other
  }
}

extension Span where Element == UInt8 {
  /// Whether a link leads to a name that ends as those of distributions do.
  fileprivate var isDistribution: Bool {
    var end = 0
    while end < count, self[end] != UInt8(ascii: "#"), self[end] != UInt8(ascii: "?") { end += 1 }
    let path = extracting(0..<end)
    let endings: [StaticString] = [
      ".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tar.z", ".egg", ".exe", ".msi",
    ]
    return endings.contains { path.matches($0, at: end - $0.utf8CodeUnitCount) }
  }

  /// Whether the last name of a link is `text`, with a slash after it.
  fileprivate func isFolder(named text: borrowing Span<UInt8>) -> Bool {
    let length = text.count
    guard length > 0, count > length, self[count - 1] == UInt8(ascii: "/") else { return false }
    let start = count - 1 - length
    if start > 0, self[start - 1] != UInt8(ascii: "/") { return false }
    for index in 0..<length where self[start + index].normalized != text[index].normalized {
      return false
    }
    return true
  }
}

extension UInt8 {
  /// The byte as project names are compared (PEP 503).
  fileprivate var normalized: UInt8 {
    self == UInt8(ascii: "_") || self == UInt8(ascii: ".") ? UInt8(ascii: "-") : lowercase
  }
}
