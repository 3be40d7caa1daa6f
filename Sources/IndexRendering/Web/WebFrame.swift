import IndexModel
import StrictJSON

/// What the pages for people have in common.
///
/// One file each, without anything to load: style and script stand in the page. They are the same
/// bytes on every page of a kind, whatever the index, so that a Content-Security-Policy can name
/// them by their digest. No attribute holds style or script.
extension Renderer {
  /// Opens a page up to its title, whose text follows.
  ///
  /// The empty icon keeps browsers from asking for one that is not there.
  mutating func openWebPage() {
    batch.content.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <link rel="icon" href="data:,">
      <title>
      """
    )
  }

  /// Ends the head after the title and opens the body.
  mutating func openWebBody(style: StaticString) {
    batch.content.append("</title>\n<style>\n")
    batch.content.append(WebStyle.shared)
    batch.content.append(style)
    batch.content.append("\n</style>\n</head>\n<body>\n")
  }

  /// Appends the links that every page begins with.
  ///
  /// - Parameter root: The URL of the home page as it reads from the page.
  mutating func appendNavigation(root: StaticString) {
    batch.content.append("<nav><a href=\"")
    batch.content.append(root)
    batch.content.append("\">Home</a> <a href=\"")
    batch.content.append(root)
    batch.content.append("changelog/page1.html\">Changelog</a> <a href=\"")
    batch.content.append(root)
    batch.content.append("simple/\">Simple API</a></nav>\n<main>\n")
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
    if options.generatedAt != nil {
      batch.content.append("<footer>")
      appendGeneratedOn()
      batch.content.append("</footer>\n")
    }
    batch.content.append("</body>\n</html>\n")
  }
}
