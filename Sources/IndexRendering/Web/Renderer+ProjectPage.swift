import IndexModel
import StrictJSON

/// The page of a project for people: how to install it, what is known of it, its releases.
extension Renderer {
  mutating func renderProjectPage(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    let latest = catalog.releases[project.latest]
    let status = catalog.status(of: project)
    let isOffered = status?.marker != .quarantined
    let layout = options.layout.project
    for segment in layout.segments {
      batch.content.append(segment, of: layout)
      switch segment.part {
      case .pageTitle:
        batch.content.append(name)
        batch.content.append(" - ")
        batch.content.append(html: options.title)
      case .name: batch.content.append(name)
      case .version:
        if latest.stability != .unknown { batch.content.append(versionOf: latest, in: text) }
      case .heading: appendHeading(latest, name, text)
      case .summary: appendSummary(of: latest, catalog)
      case .notice: if let status { appendNotice(status) }
      case .install: if isOffered { appendInstall(latest, of: name, text) }
      case .description: if isOffered { appendDescription(of: project, catalog) }
      case .releases: if isOffered { appendReleases(of: project, catalog) }
      case .facts:
        if catalog.hasFacts { appendFacts(of: latest, linksPages: isOffered, catalog) }
      default: append(frame: segment.part, at: .elsewhere)
      }
    }
    batch.paths.append("project/")
    batch.paths.append(name)
    batch.paths.append("/index.html")
    batch.endPage(.html, .project)
  }

  private mutating func appendInstall(
    _ latest: Release,
    of name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    guard latest.stability == .legacy else { return appendCommands(latest, of: name, text) }
    batch.content.append(
      """
      <p class="note">Its version is not one of PEP 440: pip and uv of today do not install it.</p>

      """
    )
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
    let summary = catalog.firstText(\.summary, of: release)
    if summary.isEmpty { return }
    batch.content.append("<p class=\"lead\">")
    batch.content.append(html: catalog.text.span[summary])
    batch.content.append("</p>\n")
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
