import IndexTransport

/// A relative link of a page, and the URL that it means there.
struct ResolvedLink: Sendable {
  let page: [UInt8]
  let url: [UInt8]

  /// Resolves a link; nil if it is not relative, or cannot be followed.
  init?(_ href: [UInt8], on page: [UInt8], in tree: any PublishedTree) {
    let isAbsolute =
      href.starts(with: "//".utf8) || href.firstRange(of: Array("://".utf8)) != nil
    guard !isAbsolute, let url = tree.url(of: href, on: page) else { return nil }
    self.page = page
    self.url = url.bytes
  }

  /// The file name at the end of the URL.
  var filename: [UInt8] { Array(url[...].prefix { $0 != UInt8(ascii: "?") }).lastPart }
}

/// The URLs that the pages of the simple API have for files, by file name.
struct FileURLs: Sendable {
  private var urls: [[UInt8]: [UInt8]] = [:]

  /// Takes the relative links of a page.
  mutating func add(_ listing: SimpleListings.Listing, in tree: any PublishedTree) {
    if listing.base != nil { return }
    for file in listing.files {
      guard let link = ResolvedLink(file.href, on: listing.path, in: tree) else { continue }
      urls[link.filename] = link.url
    }
  }

  mutating func add(_ other: FileURLs) { urls.merge(other.urls) { first, _ in first } }

  /// The links that lead elsewhere; one for each page is enough.
  func findings(_ links: [ResolvedLink]) -> [Finding] {
    var pages: Set<[UInt8]> = []
    return links.compactMap { link in
      guard let url = urls[link.filename], url != link.url, pages.insert(link.page).inserted else {
        return nil
      }
      let message = "its link of \(link.filename.shown) leads elsewhere than that of the simple API"
      return Finding(code: "other-url", link.page, message)
    }
  }
}

extension [UInt8] {
  /// What stands behind the last slash, without escapes.
  var lastPart: [UInt8] {
    let start = lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    var name: [UInt8] = []
    name.append(percentDecoding: self[start...])
    return name
  }
}
