import IndexModel
import StrictJSON

/// The page of a project for people: how to install it, what is known of it, its releases.
extension Renderer {
  mutating func renderProjectPage(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    let latest = catalog.releases[project.latest]
    batch.paths.append("project/")
    batch.paths.append(name)
    batch.paths.append("/index.html")
    openWebPage(root: "../../")
    batch.content.append(name)
    batch.content.append(" - ")
    batch.content.append(html: options.title)
    openWebBody(root: "../../")
    appendHeading(latest, name, text)
    if catalog.hasFacts { appendSummary(of: latest, catalog) }
    let status = catalog.status(of: project)
    if let status { appendNotice(status) }
    if status?.marker != .quarantined {
      if latest.stability == .legacy {
        batch.content.append(
          """
          <p class="note">Its version is not one of PEP 440: pip and uv of today do not install \
          it.</p>

          """
        )
      } else {
        appendCommands(latest, of: name, text)
      }
    }
    batch.content.append("<div class=\"columns\">\n")
    let isOffered = status?.marker != .quarantined
    if isOffered { appendDescription(of: project, catalog) }
    if isOffered { appendReleases(of: project, catalog) }
    if catalog.hasFacts { appendFacts(of: latest, linksPages: isOffered, catalog) }
    batch.content.append("</div>\n")
    closeWebPage()
    batch.endPage(.html, .project)
  }

  private mutating func appendHeading(
    _ latest: Release,
    _ name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("<h1>")
    batch.content.append(name)
    if latest.stability != .unknown {
      batch.content.append(" <small>")
      batch.content.append(versionOf: latest, in: text)
      batch.content.append("</small>")
    }
    appendMarks(latest)
    batch.content.append("</h1>\n")
  }

  private mutating func appendSummary(of release: Release, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    for index in release.distributions {
      let summary = catalog.facts(of: catalog.distributions[index]).summary
      if summary.isEmpty { continue }
      batch.content.append("<p class=\"lead\">")
      batch.content.append(html: text[summary])
      batch.content.append("</p>\n")
      return
    }
  }

  private mutating func appendNotice(_ status: ProjectStatus) {
    batch.content.append("<p class=\"note\">This project is <b>")
    batch.content.append(html: status.marker.rawValue)
    batch.content.append("</b>")
    if !status.reason.utf8.isEmpty {
      batch.content.append(": ")
      batch.content.append(html: status.reason)
    }
    batch.content.append("</p>\n")
  }

  /// Appends what a person should know before installing a release.
  mutating func appendMarks(_ release: Release) {
    if release.stability == .prerelease { batch.content.append(" <mark>pre-release</mark>") }
    if release.isYanked { batch.content.append(" <mark class=\"y\">yanked</mark>") }
  }
}
