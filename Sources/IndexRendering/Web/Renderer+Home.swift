import IndexModel
import StrictJSON

/// The home page: a box to find a project, and the way to each of them without it.
///
/// It says nothing of files and releases, so that it changes only when a project comes or goes.
extension Renderer {
  mutating func renderHome(_ plan: borrowing RenderPlan, _ catalog: borrowing Catalog) {
    let layout = options.layout.home
    for segment in layout.segments {
      batch.content.append(segment, of: layout)
      switch segment.part {
      case .pageTitle: batch.content.append(html: options.title)
      case .finder: appendFinder(plan, catalog)
      case .install: if !catalog.projects.isEmpty { appendInstall(catalog) }
      case .names: if !catalog.projects.isEmpty { appendAllNames(plan, catalog) }
      default: append(frame: segment.part, at: .home)
      }
    }
    batch.paths.append("index.html")
    batch.endPage(.html, .root)
  }

  private mutating func appendFinder(
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    if catalog.projects.isEmpty {
      batch.content.append("<p class=\"lead\">This index has no projects yet.</p>\n")
      return
    }
    batch.content.append("<div class=\"hero\">\n<form action=\"./\" role=\"search\">")
    appendSearchBox()
    batch.content.append("</form>\n<output>")
    batch.content.append(count: catalog.projects.count, of: (" project", " projects"))
    batch.content.append("</output>\n<ul id=\"found\" class=\"names\"")
    if plan.names != nil { batch.content.append(" data-shards") }
    batch.content.append("></ul>\n</div>\n")
  }

  private mutating func appendInstall(_ catalog: borrowing Catalog) {
    batch.content.append("<h2>Install from this index</h2>\n")
    appendCommands(nil, of: Span(), catalog.text.span)
  }

  private mutating func appendAllNames(
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    batch.content.append("<h2>All projects</h2>\n")
    if let root = plan.names?.nodes.last {
      appendNames(of: root, folder: "larder/names/", root: "", catalog)
      return
    }
    batch.content.append("<ul class=\"names\">\n")
    let text = catalog.text.span
    for project in catalog.projects { appendName(text[project.name], root: "") }
    batch.content.append("</ul>\n")
  }
}
