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
  /// Where the server has the pages that folders show, by the first part of their paths.
  var places: [[UInt8]: FolderPlaces] = [:]

  /// The findings that count: those that are no warnings.
  package var errorCount: Int { findings.count { $0.severity == .error } }

  mutating func add(_ other: Verification) {
    findings += other.findings
    pageCount += other.pageCount
    insideCount += other.insideCount
    outsideCount += other.outsideCount
    places.merge(other.places) { $0.adding($1) }
  }
}
