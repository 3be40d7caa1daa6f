import IndexModel
import StrictJSON

/// The pages for people.
extension Renderer {
  mutating func renderProjectPage(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    batch.paths.append("project/")
    batch.paths.append(text[project.name])
    batch.paths.append("/index.html")
    batch.content.append("<!DOCTYPE html>\n<title>")
    batch.content.append(text[project.name])
    batch.content.append("</title>\n")
    batch.endPage(.html, .project)
  }

  mutating func renderHome(_ part: RootPart, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    if part.isFirst {
      batch.content.append("<!DOCTYPE html>\n<title>")
      batch.content.append(html: options.title)
      batch.content.append("</title>\n")
    }
    for index in part.projects {
      let name = text[catalog.projects[index].name]
      batch.content.append("<a href=\"project/")
      batch.content.append(name)
      batch.content.append("/\">")
      batch.content.append(name)
      batch.content.append("</a>\n")
    }
    batch.paths.append("index.html")
    batch.endPage(.html, .root, continues: !part.isFirst)
  }

  mutating func renderChangelog(
    page number: Int,
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    batch.paths.append("changelog/page")
    batch.paths.append(decimal: number)
    batch.paths.append(".html")
    batch.content.append("<!DOCTYPE html>\n<title>Changelog</title>\n")
    batch.endPage(.html, .root)
  }

  mutating func renderNotFound() {
    batch.paths.append("404.html")
    batch.content.append("<!DOCTYPE html>\n<title>Not found</title>\n")
    batch.endPage(.html, .root)
  }
}
