import IndexPipeline

/// Where a server has the pages that folders show: `simple/six/`, or `simple/six/index.html`, or both.
struct FolderPlaces: Sendable {
  /// How many pages are at both.
  var bothCount = 0
  /// The paths of pages that are only where the folder shows them.
  var shownOnly: [[UInt8]] = []
  /// The folders that do not show their pages.
  var unshown: [[UInt8]] = []

  func adding(_ other: FolderPlaces) -> FolderPlaces {
    FolderPlaces(
      bothCount: bothCount + other.bothCount,
      shownOnly: shownOnly + other.shownOnly,
      unshown: unshown + other.unshown
    )
  }

  /// What is wrong: a page that is not where all others are is lost.
  ///
  /// - Parameter part: What all paths have in common, `simple` or `project`.
  func findings(in part: [UInt8]) -> [Finding] {
    var findings: [Finding] = []
    if bothCount + unshown.count > 0 {
      let message = "it is not there, though its folder shows it"
      findings += shownOnly.map { Finding(code: "lost-page", $0, message) }
    }
    if bothCount + shownOnly.count > 0 {
      let message = "the folder does not show its page"
      findings += unshown.map { Finding(code: "lost-page", $0, message) }
    } else if !unshown.isEmpty {
      let isForPeople = !part.elementsEqual("simple".utf8)
      let readers = isForPeople ? "what pages for people link to" : "what installers ask for"
      let message = "only index.html is there, and not the folder, which is \(readers)"
      findings.append(
        Finding(isForPeople ? .warning : .error, code: "no-folder-pages", part, message)
      )
    }
    return findings
  }
}
