import IndexModel
import StrictJSON

/// The legacy JSON API: a page for each project and one for each release.
///
/// Dependabot, Poetry, Renovate and pip-tools read it. Every key that PyPI has is there, with
/// `null`, or what is empty, for what the input does not say. Source: PyPI's JSON API
/// documentation; dumb-pypi for the choice of the file that `info` describes.
extension Renderer {
  mutating func renderLegacyJSON(_ project: Project, _ catalog: borrowing Catalog) {
    // PyPI hides a quarantined project here.
    if catalog.status(of: project)?.marker == .quarantined { return }
    renderLegacyProject(project, catalog)
    guard options.perReleaseJSON else { return }
    let text = catalog.text.span
    for index in project.releases {
      let release = catalog.releases[index]
      // A version that is itself called json would need a folder where the project's page is.
      if release.stability == .unknown || text[release.version].elementsEqual("json") { continue }
      renderLegacyRelease(
        release,
        of: project,
        files: releaseFiles[index - project.releases.lowerBound],
        catalog
      )
    }
  }

  private mutating func renderLegacyProject(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    let latest = catalog.releases[project.latest]
    batch.paths.append("pypi/")
    batch.paths.append(name)
    batch.paths.append("/json")
    appendInfo(
      latest,
      of: project,
      description: catalog.description(of: project),
      about: project.distributions,
      toRoot: "../../",
      catalog
    )
    batch.content.append(", \"releases\": {")
    releaseFiles.removeAll(keepingCapacity: true)
    var latestFiles = 0..<0
    for index in project.releases {
      let release = catalog.releases[index]
      let isVersioned = release.stability != .unknown
      if isVersioned {
        if releaseFiles.contains(where: { !$0.isEmpty }) { batch.content.append(", ") }
        batch.content.append("\"")
        batch.content.append(versionOf: release, in: text)
        batch.content.append("\": ")
      }
      let start = batch.content.count
      if isVersioned { appendFiles(release, name, from: .legacy, catalog) }
      releaseFiles.append(start..<batch.content.count)
      if index == project.latest { latestFiles = start..<batch.content.count }
    }
    batch.content.append("}, \"urls\": ")
    if latestFiles.isEmpty {
      batch.content.append("[]")
    } else {
      batch.content.append(repeating: latestFiles)
    }
    batch.content.append(", \"vulnerabilities\": []}\n")
    batch.endPage(.json, .project)
  }

  private mutating func renderLegacyRelease(
    _ release: Release,
    of project: Project,
    files: Range<Int>,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let name = text[project.name]
    let pathStart = batch.paths.count
    batch.paths.append("pypi/")
    batch.paths.append(name)
    batch.paths.append("/")
    let versionStart = batch.paths.count
    batch.paths.append(versionOf: release, in: text)
    // The normal form of a version may be longer than any folder's name; clients ask for no such.
    if batch.paths.count - versionStart > 255 {
      batch.paths.truncate(to: pathStart)
      return
    }
    batch.paths.append("/json")
    appendInfo(
      release,
      of: project,
      description: catalog.description(of: release),
      about: release.distributions,
      toRoot: "../../../",
      catalog
    )
    batch.content.append(", \"urls\": ")
    if links.isSameEverywhere && !catalog.hasFacts {
      batch.content.append(repeating: files)
    } else {
      appendFiles(release, name, from: .legacyRelease, catalog)
    }
    batch.content.append(", \"vulnerabilities\": []}\n")
    batch.endPage(.json, .project)
  }

  private mutating func appendFiles(
    _ release: Release,
    _ project: borrowing Span<UInt8>,
    from folder: PageFolder,
    _ catalog: borrowing Catalog
  ) {
    batch.content.append("[")
    for index in release.distributions {
      if index > release.distributions.lowerBound { batch.content.append(", ") }
      appendFile(catalog.distributions[index], project, from: folder, catalog)
    }
    batch.content.append("]")
  }
}
