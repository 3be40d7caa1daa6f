import DescriptionMarkup
import IndexModel
import StrictJSON

/// The pages of a project elsewhere, as its metadata names them.
extension Renderer {
  /// Appends the pages that a list names, as links where a reader can trust them to be no more.
  mutating func appendProjectLinks(_ list: borrowing Span<UInt8>) {
    if list.isEmpty { return }
    batch.content.append("<h2>Project links</h2>\n<ul class=\"links\">\n")
    ProjectURLs.forEach(in: list) { label, url in
      batch.content.append("<li>")
      if url.linkScheme() != nil {
        batch.content.append("<a href=\"")
        batch.content.append(html: url)
        batch.content.append("\" rel=\"nofollow\">")
        batch.content.append(html: label.isEmpty ? url : label)
        batch.content.append("</a>\n")
      } else {
        batch.content.append(html: label)
        batch.content.append(label.isEmpty ? "" : ": ")
        batch.content.append(html: url)
        batch.content.append("\n")
      }
    }
    batch.content.append("</ul>\n")
  }
}
