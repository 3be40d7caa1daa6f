import IndexModel
import StrictJSON

/// Which of the pages that all others link to a page is.
enum WebPlace {
  case home
  case changes
  case elsewhere
}

/// What the pages for people have in common.
///
/// Style and script are files of the index, so that a Content-Security-Policy can forbid everything
/// else. Links are relative: the tree works below any prefix.
extension Renderer {
  /// Opens a page up to its title, whose text follows.
  ///
  /// The empty icon keeps browsers from asking for one that is not there.
  ///
  /// - Parameter root: The URL of the root of the index as it reads from the page.
  mutating func openWebPage(root: StaticString) {
    batch.content.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; \
      style-src &#39;self&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;; \
      img-src &#39;self&#39; data:
      """
    )
    if let origin = options.logoOrigin {
      batch.content.append(" ")
      batch.content.append(html: origin)
    }
    batch.content.append(
      """
      ; form-action &#39;self&#39;; base-uri &#39;none&#39;">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">

      """
    )
    batch.content.append("<link rel=\"stylesheet\" href=\"")
    batch.content.append(root)
    batch.content.append("larder/style.css\">\n<script src=\"")
    batch.content.append(root)
    batch.content.append("larder/site.js\" defer></script>\n")
    if !options.siteURL.utf8.isEmpty {
      batch.content.append("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"")
      batch.content.append(root)
      batch.content.append("changelog/feed.atom\" title=\"Recent changes\">\n")
    }
    batch.content.append("<title>")
  }

  /// Ends the head after the title, and opens the body up to the main part.
  mutating func openWebBody(root: StaticString, at place: WebPlace = .elsewhere) {
    batch.content.append(
      "</title>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n"
    )
    appendBrand(root: root, at: place)
    if place != .home {
      batch.content.append("<form action=\"")
      batch.content.append(root)
      batch.content.append(
        """
        " role="search"><input type="search" name="q" aria-label="Search projects" \
        aria-keyshortcuts="/" autocomplete="off" autocapitalize="none" spellcheck="false" \
        placeholder="Search projects"></form>

        """
      )
    }
    batch.content.append("<nav aria-label=\"Site\"><a href=\"")
    batch.content.append(root)
    batch.content.append("changelog/page1.html\"")
    if place == .changes { batch.content.append(" aria-current=\"page\"") }
    batch.content.append(">Recent changes</a> <a href=\"")
    batch.content.append(root)
    batch.content.append("simple/\">Simple API</a>")
    for link in options.links {
      batch.content.append(" <a href=\"")
      appendURL(link.url, root: root)
      batch.content.append("\">")
      batch.content.append(html: link.label)
      batch.content.append("</a>")
    }
    batch.content.append("</nav>\n</header>\n<main id=\"content\">\n")
  }

  /// Appends the title of the site, which is the heading of the home page and leads to it elsewhere.
  private mutating func appendBrand(root: StaticString, at place: WebPlace) {
    if place == .home {
      batch.content.append("<h1 class=\"brand\">")
    } else {
      batch.content.append("<a class=\"brand\" href=\"")
      appendHome(root: root)
      batch.content.append("\">")
    }
    if !options.logo.utf8.isEmpty {
      batch.content.append("<img src=\"")
      appendURL(options.logo, root: root)
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

  /// Appends the URL of the home page; an empty one would be the page itself.
  mutating func appendHome(root: StaticString) {
    batch.content.append(root.utf8CodeUnitCount == 0 ? "./" : root)
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

  /// Ends the main part and the page.
  mutating func closeWebPage() {
    batch.content.append("</main>\n")
    if options.generatedAt != nil || !options.footer.utf8.isEmpty {
      batch.content.append("<footer>")
      if !options.footer.utf8.isEmpty {
        batch.content.append("<p>")
        batch.content.append(html: options.footer)
        batch.content.append("</p>\n")
      }
      appendGeneratedOn()
      batch.content.append("</footer>\n")
    }
    batch.content.append("</body>\n</html>\n")
  }
}
