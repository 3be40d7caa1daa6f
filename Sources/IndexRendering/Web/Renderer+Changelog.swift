import IndexModel
import StrictJSON

/// The pages of all files, newest first.
extension Renderer {
  mutating func renderChangelog(
    page number: Int,
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    let layout = options.layout.changes
    for segment in layout.segments {
      batch.content.append(segment, of: layout)
      switch segment.part {
      case .pageTitle:
        batch.content.append("Recent changes - ")
        batch.content.append(html: options.title)
      case .feed:
        if !options.siteURL.utf8.isEmpty {
          batch.content.append("<p class=\"lead\"><a href=\"feed.atom\">Atom feed</a></p>\n")
        }
      case .pageLinks: appendPages(number, of: plan.changelogPages, "Pages")
      case .files: appendFiles(page: number, plan, catalog)
      case .pageLinksAgain: appendPages(number, of: plan.changelogPages, "Pages, once more")
      default: append(frame: segment.part, at: .changes)
      }
    }
    batch.paths.append("changelog/page")
    batch.paths.append(decimal: number)
    batch.paths.append(".html")
    batch.endPage(.html, .root)
  }

  private mutating func appendFiles(
    page number: Int,
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    if catalog.distributions.isEmpty {
      batch.content.append("<p class=\"lead\">This index has no files yet.</p>\n")
      return
    }
    batch.content.append("<table>\n<thead><tr><th scope=\"col\">File<th scope=\"col\">Release")
    if catalog.hasFacts {
      batch.content.append("<th scope=\"col\">Uploaded<th scope=\"col\">By")
    }
    batch.content.append("\n<tbody>\n")
    let first = (number - 1) * RenderPlan.changelogRows
    let end = min(first + RenderPlan.changelogRows, catalog.distributions.count)
    var place = CatalogPlace()
    for row in first..<end {
      place.move(to: plan.newestFirst.isEmpty ? row : Int(plan.newestFirst[row]), in: catalog)
      appendRow(place, catalog)
    }
    batch.content.append("</table>\n")
  }

  private mutating func appendRow(_ place: CatalogPlace, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let distribution = catalog.distributions[place.distribution]
    let facts = catalog.facts(of: distribution)
    let release = catalog.releases[place.release]
    let project = catalog.projects[place.project]
    let name = text[project.name]
    batch.content.append("<tr><td>")
    let isOffered = catalog.status(of: project)?.marker != .quarantined
    if isOffered { openFileLink(distribution, facts, of: name, from: .changelog, text) }
    batch.content.append(text[distribution.filename])
    if isOffered { batch.content.append("</a>") }
    batch.content.append("<td><a href=\"../project/")
    batch.content.append(name)
    batch.content.append("/\">")
    batch.content.append(name)
    batch.content.append(" ")
    batch.content.append(versionOf: release, in: text)
    batch.content.append("</a>")
    if distribution.hasFacts { appendUpload(facts, text) }
    batch.content.append("\n")
  }

  private mutating func appendUpload(_ facts: Facts, _ text: borrowing Span<UInt8>) {
    batch.content.append("<td>")
    if let time = facts.uploadTime {
      batch.content.append("<time>")
      batch.content.append(date: time)
      batch.content.append(" ")
      batch.content.append(timeOfDay: time)
      batch.content.append("Z</time>")
    }
    batch.content.append("<td>")
    batch.content.append(html: text[facts.uploadedBy])
  }

  /// Appends the way to the other pages; at the ends it leads nowhere, and is no link.
  private mutating func appendPages(_ number: Int, of count: Int, _ label: StaticString) {
    if count == 1 { return }
    batch.content.append("<nav class=\"pages\" aria-label=\"")
    batch.content.append(label)
    batch.content.append("\">")
    appendPageLink(number > 1 ? 1 : nil, "First page", "&laquo;")
    appendPageLink(number > 1 ? number - 1 : nil, "Previous page", "&larr;")
    batch.content.append("<span>Page ")
    batch.content.append(grouped: number)
    batch.content.append("/")
    batch.content.append(grouped: count)
    batch.content.append("</span>")
    appendPageLink(number < count ? number + 1 : nil, "Next page", "&rarr;")
    appendPageLink(number < count ? count : nil, "Last page", "&raquo;")
    batch.content.append("</nav>\n")
  }

  private mutating func appendPageLink(
    _ target: Int?,
    _ label: StaticString,
    _ arrow: StaticString
  ) {
    if let target {
      batch.content.append("<a href=\"page")
      batch.content.append(decimal: target)
      batch.content.append(".html\" aria-label=\"")
      batch.content.append(label)
      batch.content.append("\">")
      batch.content.append(arrow)
      batch.content.append("</a>")
    } else {
      batch.content.append("<a aria-hidden=\"true\">")
      batch.content.append(arrow)
      batch.content.append("</a>")
    }
  }
}
