import IndexTransport
import StrictJSON

// Pages beside the simple API.
extension LinkCheck {
  /// Checks a page of the legacy JSON API.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func checkLegacy(_ page: [UInt8], at path: [UInt8]) async throws {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: page, maximumSize: 1 << 30).root
    } catch {
      let line = SourceLocation(of: error.range.lowerBound, in: page.span).line
      let message = "it cannot be read: \(error.message)"
      return add(Finding(code: "damaged-page", path, line: line, message))
    }
    let releases = root["releases"]?.members?.flatMap { $0.value.elements ?? [] } ?? []
    let files = (root["urls"]?.elements ?? []) + releases
    for file in files {
      guard let url = file["url"]?.bytes else { continue }
      try await follow(url, on: path, isWeb: false)
    }
    let odd = files.first { ($0["upload_time"]?.bytes ?? []).contains(UInt8(ascii: " ")) }
    if let odd {
      let time = odd["upload_time"]?.string ?? ""
      add(Finding(code: "legacy-time", path, "\"upload_time\" is \"\(time)\", without a \"T\""))
    }
  }

  /// Checks a page for people.
  ///
  /// - Throws: `StageFailure` if the tree cannot be read just now.
  mutating func checkWebPage(_ page: [UInt8], at path: [UInt8]) async throws {
    let links: [ListedHTML.Project]
    do throws(MarkupProblem) {
      links = try ListedHTML(page).projects
    } catch {
      return add(Finding(code: "damaged-page", path, "it cannot be read: \(error)"))
    }
    for link in links {
      let href = link.href.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
      if !href.isEmpty { try await follow(Array(href), on: path, isWeb: true) }
    }
  }
}
