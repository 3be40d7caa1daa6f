import IndexModel
import IndexTransport
import StrictJSON

// Pages beside the simple API.
extension LinkCheck {
  /// Checks a page of the legacy JSON API.
  ///
  /// - Returns: Its relative links.
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func checkLegacy(_ page: [UInt8], at path: [UInt8]) async throws -> [ResolvedLink] {
    let legacy: LegacyPage
    do throws(JSONError) {
      legacy = try LegacyPage(page, at: path)
    } catch {
      add(Finding(error, on: path, page))
      return []
    }
    legacy.findings.forEach { add($0) }
    var links: [ResolvedLink] = []
    for url in legacy.urls {
      try await follow(url, on: path)
      if let link = ResolvedLink(url, on: path, in: tree) { links.append(link) }
    }
    return links
  }

  /// Checks a page for people.
  ///
  /// - Returns: Its relative links.
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func checkWebPage(_ page: [UInt8], at path: [UInt8]) async throws -> [ResolvedLink] {
    let links: [ListedHTML.Link]
    do throws(MarkupProblem) {
      links = try ListedHTML(page).links
    } catch {
      add(Finding(error, on: path))
      return []
    }
    var resolved: [ResolvedLink] = []
    for link in links {
      let href = link.href.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
      if href.isEmpty { continue }
      try await follow(Array(href), on: path)
      if let link = ResolvedLink(Array(href), on: path, in: tree) { resolved.append(link) }
    }
    return resolved
  }
}
