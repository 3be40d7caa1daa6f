import IndexModel
import StrictJSON

/// The lists of projects by how their names begin: pages to read, and files to search.
extension Renderer {
  /// Renders a page of names, for whoever has no scripts and for whoever likes to browse.
  mutating func renderNames(_ node: PrefixTree.Node, _ catalog: borrowing Catalog) {
    let layout = options.layout.names
    for segment in layout.segments {
      batch.content.append(segment, of: layout)
      switch segment.part {
      case .pageTitle:
        batch.content.append("Projects that begin with ")
        batch.content.append(node.prefix.span)
        batch.content.append(" - ")
        batch.content.append(html: options.title)
      case .crumbs: appendCrumbs(to: node)
      case .prefix: batch.content.append(node.prefix.span)
      case .names: appendNames(of: node, folder: "", root: "../../", catalog)
      default: append(frame: segment.part, at: .elsewhere)
      }
    }
    batch.paths.append("larder/names/")
    batch.paths.append(node.prefix.span)
    batch.paths.append(".html")
    batch.endPage(.html, .root)
  }

  private mutating func appendCrumbs(to node: PrefixTree.Node) {
    batch.content.append("<p class=\"crumbs\"><a href=\"../../\">All projects</a>")
    for above in node.path {
      batch.content.append(" / <a href=\"")
      batch.content.append(above.span)
      batch.content.append(".html\">")
      batch.content.append(above.span)
      batch.content.append("</a>")
    }
    batch.content.append("</p>\n")
  }

  /// Appends the ways to other pages of names, and the names that are on this one.
  mutating func appendNames(
    of node: PrefixTree.Node,
    folder: StaticString,
    root: StaticString,
    _ catalog: borrowing Catalog
  ) {
    if !node.next.isEmpty {
      batch.content.append("<ul class=\"letters\">\n")
      for prefix in node.next {
        batch.content.append("<li><a href=\"")
        batch.content.append(folder)
        batch.content.append(prefix.span)
        batch.content.append(".html\">")
        batch.content.append(prefix.span)
        batch.content.append("</a>\n")
      }
      batch.content.append("</ul>\n")
    }
    if node.projects.isEmpty { return }
    batch.content.append("<ul class=\"names\">\n")
    let text = catalog.text.span
    for index in node.projects { appendName(text[catalog.projects[index].name], root: root) }
    batch.content.append("</ul>\n")
  }

  /// Appends the row of a project in a list of names.
  mutating func appendName(_ name: borrowing Span<UInt8>, root: StaticString) {
    batch.content.append("<li><a href=\"")
    batch.content.append(root)
    batch.content.append("project/")
    batch.content.append(name)
    batch.content.append("/\">")
    batch.content.append(name)
    batch.content.append("</a>\n")
  }

  /// Renders a file to search: how other files go on from it in a line, and a name in each other one.
  ///
  /// A full stop, which no name has, stands for names that are in none.
  mutating func renderShard(_ node: PrefixTree.Node, _ catalog: borrowing Catalog) {
    for (number, prefix) in node.next.enumerated() {
      if number > 0 { batch.content.append(" ") }
      batch.content.append(prefix.span.extracting(node.prefix.count...))
    }
    if node.isCut { batch.content.append(node.next.isEmpty ? "." : " .") }
    batch.content.append("\n")
    let text = catalog.text.span
    for index in node.projects {
      batch.content.append(text[catalog.projects[index].name])
      batch.content.append("\n")
    }
    batch.paths.append("larder/search/")
    // No name begins with this one.
    if node.prefix.isEmpty { batch.paths.append("_") }
    batch.paths.append(node.prefix.span)
    batch.paths.append(".txt")
    batch.endPage(.text, .root)
  }
}
