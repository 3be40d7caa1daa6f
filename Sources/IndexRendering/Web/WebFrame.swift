import IndexModel
import StrictJSON

/// Which page of the index a page for people is, as far as its frame tells.
enum WebPlace {
  case home
  case changes
  /// The page of a project, or one of names.
  case elsewhere

  /// The URL of the root of the index as it reads from the page.
  var root: StaticString {
    switch self {
    case .home: ""
    case .changes: "../"
    case .elsewhere: "../../"
    }
  }
}

/// What the pages for people have in common.
///
/// Style and script are files of the index, so that a Content-Security-Policy can forbid everything
/// else. Links are relative: the tree works below any prefix.
extension Renderer {
  /// Appends a part of the frame of a page; other parts are empty.
  mutating func append(frame part: LayoutPart?, at place: WebPlace) {
    switch part {
    case .root: batch.content.append(place.root)
    case .title: batch.content.append(html: options.title)
    case .logoOrigin:
      guard let origin = options.logoOrigin else { return }
      batch.content.append(" ")
      batch.content.append(html: origin)
    case .feedLink: appendFeedLink(root: place.root)
    case .brand: appendBrand(at: place)
    case .search: if place != .home { appendSearch(root: place.root) }
    case .changesCurrent:
      if place == .changes { batch.content.append(" aria-current=\"page\"") }
    case .siteLinks: appendSiteLinks(root: place.root)
    case .footer: appendFooter()
    default: break
    }
  }

  private mutating func appendFeedLink(root: StaticString) {
    if options.siteURL.utf8.isEmpty { return }
    batch.content.append("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"")
    batch.content.append(root)
    batch.content.append("changelog/feed.atom\" title=\"Recent changes\">\n")
  }

  private mutating func appendSearch(root: StaticString) {
    batch.content.append("<form action=\"")
    batch.content.append(root)
    batch.content.append("\" role=\"search\">")
    appendSearchBox()
    batch.content.append("</form>\n")
  }

  /// Appends the box that the script searches with.
  mutating func appendSearchBox() {
    batch.content.append(
      """
      <input type="search" name="q" aria-label="Search projects" aria-keyshortcuts="/" \
      autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="Search projects">
      """
    )
  }

  private mutating func appendSiteLinks(root: StaticString) {
    for link in options.links {
      batch.content.append(" <a href=\"")
      appendURL(link.url, root: root)
      batch.content.append("\">")
      batch.content.append(html: link.label)
      batch.content.append("</a>")
    }
  }

  /// Appends the title of the site, which is the heading of the home page and leads to it elsewhere.
  private mutating func appendBrand(at place: WebPlace) {
    if place == .home {
      batch.content.append("<h1 class=\"brand\">")
    } else {
      batch.content.append("<a class=\"brand\" href=\"")
      batch.content.append(place.root)
      batch.content.append("\">")
    }
    if !options.logo.utf8.isEmpty {
      batch.content.append("<img src=\"")
      appendURL(options.logo, root: place.root)
      if options.logoWidth > 0 {
        batch.content.append("\" width=\"")
        batch.content.append(decimal: options.logoWidth)
      }
      // The title beside it says the same.
      batch.content.append("\" alt=\"\"> ")
    }
    batch.content.append(html: options.title)
    batch.content.append(place == .home ? "</h1>\n" : "</a>\n")
  }

  /// Appends a URL that is relative to the root of the index, if it is relative.
  private mutating func appendURL(_ url: String, root: StaticString) {
    let bytes = url.utf8Span.span
    let isRelative = !FileURL.hasScheme(bytes) && !bytes.isEmpty && bytes[0] != UInt8(ascii: "/")
    if isRelative { batch.content.append(root) }
    batch.content.append(html: url)
  }

  /// Opens a link to a file, with its digest in the fragment.
  mutating func openFileLink(
    _ distribution: Distribution,
    _ facts: Facts,
    of project: borrowing Span<UInt8>,
    from folder: PageFolder,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("<a href=\"")
    links.appendHTML(
      distribution,
      facts,
      project: project,
      from: folder,
      text,
      to: &batch.content
    )
    if distribution.hasFacts { appendFragment(text[facts.hashes]) }
    batch.content.append("\">")
  }

  private mutating func appendFooter() {
    if options.generatedAt == nil && options.footer.utf8.isEmpty { return }
    batch.content.append("<footer>")
    if !options.footer.utf8.isEmpty {
      batch.content.append("<p>")
      batch.content.append(html: options.footer)
      batch.content.append("</p>\n")
    }
    appendGeneratedOn()
    batch.content.append("</footer>\n")
  }
}
