import IndexModel
import StrictJSON

/// The newest releases, for programs that follow an index.
///
/// Source: RFC 4287, which wants absolute URLs: there is a feed only where that of the site is known.
extension Renderer {
  /// The releases that a feed tells of.
  private static var feedEntries: Int { 50 }

  mutating func renderFeed(_ plan: borrowing RenderPlan, _ catalog: borrowing Catalog) {
    let releases = Self.newestReleases(plan, catalog)
    batch.content.append(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>"
    )
    batch.content.append(html: options.title)
    batch.content.append("</title>\n<id>")
    appendSiteURL("changelog/feed.atom")
    batch.content.append("</id>\n<link rel=\"self\" href=\"")
    appendSiteURL("changelog/feed.atom")
    batch.content.append("\"/>\n<link href=\"")
    appendSiteURL("changelog/page1.html")
    batch.content.append("\"/>\n<author><name>")
    batch.content.append(html: options.title)
    batch.content.append("</name></author>\n<updated>")
    if let newest = releases.first {
      batch.content.append(rfc3339: newest.time)
    } else {
      batch.content.append("1970-01-01T00:00:00Z")
    }
    batch.content.append("</updated>\n")
    for release in releases { appendEntry(release.place, release.time, catalog) }
    batch.content.append("</feed>\n")
    batch.paths.append("changelog/feed.atom")
    batch.endPage(.atom, .root)
  }

  private mutating func appendEntry(
    _ place: CatalogPlace,
    _ time: Timestamp,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let release = catalog.releases[place.release]
    let name = text[catalog.projects[place.project].name]
    batch.content.append("<entry>\n<title>")
    batch.content.append(name)
    batch.content.append(" ")
    batch.content.append(versionOf: release, in: text)
    batch.content.append("</title>\n<id>")
    appendSiteURL("project/")
    batch.content.append(name)
    batch.content.append("/#")
    batch.content.append(versionOf: release, in: text)
    batch.content.append("</id>\n<link href=\"")
    appendSiteURL("project/")
    batch.content.append(name)
    batch.content.append("/\"/>\n<updated>")
    batch.content.append(rfc3339: time)
    batch.content.append("</updated>\n<summary>")
    let summary = catalog.facts(of: catalog.distributions[place.distribution]).summary
    batch.content.append(html: text[summary])
    batch.content.append("</summary>\n</entry>\n")
  }

  private mutating func appendSiteURL(_ path: StaticString) {
    batch.content.append(html: options.siteURL)
    batch.content.append(path)
  }

  /// The releases whose first files came last, as far as times are known.
  private static func newestReleases(
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) -> [(place: CatalogPlace, time: Timestamp)] {
    var releases: [(place: CatalogPlace, time: Timestamp)] = []
    var seen: Set<Int> = []
    var place = CatalogPlace()
    for index in plan.newestFirst {
      let facts = catalog.facts(of: catalog.distributions[Int(index)])
      guard let time = facts.uploadTime, releases.count < feedEntries else { break }
      place.move(to: Int(index), in: catalog)
      if seen.insert(place.release).inserted { releases.append((place, time)) }
    }
    return releases
  }
}
