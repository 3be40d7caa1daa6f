import IndexModel
import StrictJSON

/// The home page: a box to find a project, and the way to each of them without it.
///
/// It says nothing of files and releases, so that it changes only when a project comes or goes.
extension Renderer {
  mutating func renderHome(
    _ part: RootPart,
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    if part.isFirst { appendHomeHead(plan, catalog) }
    if let root = plan.names?.nodes.last {
      appendNames(of: root, folder: "larder/names/", root: "", catalog)
    } else if !catalog.projects.isEmpty {
      if part.isFirst { batch.content.append("<ul class=\"names\">\n") }
      let text = catalog.text.span
      for index in part.projects { appendName(text[catalog.projects[index].name], root: "") }
      if part.isLast { batch.content.append("</ul>\n") }
    }
    if part.isLast {
      batch.content.append("</section>\n")
      closeWebPage()
    }
    batch.paths.append("index.html")
    batch.endPage(.html, .root, continues: !part.isFirst)
  }

  private mutating func appendHomeHead(
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    openWebPage(root: "")
    batch.content.append(html: options.title)
    openWebBody(root: "", at: .home)
    if catalog.projects.isEmpty {
      batch.content.append("<p class=\"lead\">This index has no projects yet.</p>\n<section>\n")
      return
    }
    batch.content.append(
      """
      <div class="hero">
      <form action="./" role="search"><input type="search" name="q" aria-label="Search projects" \
      aria-keyshortcuts="/" autocomplete="off" autocapitalize="none" spellcheck="false" \
      placeholder="Search projects"></form>
      <output>
      """
    )
    batch.content.append(count: catalog.projects.count, of: (" project", " projects"))
    batch.content.append(
      "</output>\n<ul id=\"found\" class=\"names\"></ul>\n</div>\n<section id=\"all\""
    )
    if plan.names != nil { batch.content.append(" data-shards") }
    batch.content.append(">\n<h2>Install from this index</h2>\n")
    appendCommands(nil, of: Span(), catalog.text.span)
    batch.content.append("<h2>All projects</h2>\n")
  }
}
