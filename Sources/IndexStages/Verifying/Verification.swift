import IndexPipeline

/// What came of looking at an index.
package struct Verification: Sendable {
  /// What the tree is called.
  package internal(set) var target = ""
  /// What is wrong, by place.
  package internal(set) var findings: [Finding] = []
  /// How many projects there are.
  package internal(set) var projectCount = 0
  /// How many pages were read.
  package internal(set) var pageCount = 0
  /// How many links to distributions were followed, and how many lead out of the tree.
  package internal(set) var (insideCount, outsideCount) = (0, 0)
  /// Whether there is a manifest that says what belongs there.
  package internal(set) var hasManifest = false
  /// Where the server has the pages that folders show.
  var places = FolderPlaces()

  /// The findings that count: those that are no warnings.
  package var errorCount: Int { findings.count { $0.severity == .error } }

  mutating func add(_ other: Verification) {
    findings += other.findings
    pageCount += other.pageCount
    insideCount += other.insideCount
    outsideCount += other.outsideCount
    places.add(other.places)
  }
}

/// Where a server has the pages that folders show: buckets may have `simple/six/`, or
/// `simple/six/index.html`, or both.
struct FolderPlaces: Sendable {
  /// How many pages are at both.
  var bothCount = 0
  /// The paths of pages that are only where the folder shows them.
  var shownOnly: [[UInt8]] = []
  /// The folders that do not show their pages.
  var unshown: [[UInt8]] = []

  mutating func add(_ other: FolderPlaces) {
    bothCount += other.bothCount
    shownOnly += other.shownOnly
    unshown += other.unshown
  }

  /// What is wrong: a page that is not where all others are is lost.
  ///
  /// - Parameter simple: The folder of the simple API.
  func findings(_ simple: [UInt8]) -> [Finding] {
    var findings: [Finding] = []
    if bothCount + unshown.count > 0 {
      let message = "it is not there, though its folder shows it"
      findings += shownOnly.map { Finding(code: "lost-page", $0, message) }
    }
    if bothCount + shownOnly.count > 0 {
      let message = "the folder does not show its page"
      findings += unshown.map { Finding(code: "lost-page", $0, message) }
    } else if !unshown.isEmpty {
      let message =
        "nothing is there, which is what installers ask for; only index.html has an answer"
      findings.append(Finding(code: "no-folder-pages", simple, message))
    }
    return findings
  }
}
