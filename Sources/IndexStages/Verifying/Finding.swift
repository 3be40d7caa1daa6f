package import IndexPipeline

/// Something in a published index that is not as it must be.
package struct Finding: Sendable, Hashable {
  /// Whether installers suffer from it, or whether it only is better otherwise.
  package let severity: Diagnostic.Severity
  /// The kind of fault, such as `dead-link`; ``Explanation`` says more of it.
  package let code: String
  /// The page, or another file of the tree, relative to its root.
  package let path: String
  /// The line in it, from 1; nil where lines say nothing.
  package let line: Int?
  /// What is wrong there, in one line.
  package let message: String

  init(
    _ severity: Diagnostic.Severity = .error,
    code: String,
    _ path: some Sequence<UInt8>,
    line: Int? = nil,
    _ message: String
  ) {
    self.severity = severity
    self.code = code
    self.path = String(decoding: Array(path), as: UTF8.self)
    self.line = line
    self.message = message
  }

  /// What can be done about it.
  package var remedy: String {
    Explanation.all.first { $0.code.utf8.elementsEqual(code.utf8) }?.remedy ?? ""
  }

  /// The path, and the line if there is one, such as `larder/manifest.jsonl:3`.
  package var place: String { line.map { "\(path):\($0)" } ?? path }

  /// The finding as all that is said of a run.
  package var diagnostic: Diagnostic {
    Diagnostic(severity, code: code, "\(place): \(message)", remarks: [.help(remedy)])
  }
}

extension Finding: Comparable {
  /// Findings are told by their place.
  package static func < (first: Finding, second: Finding) -> Bool {
    for (a, b) in [(first.path, second.path), (first.code, second.code)] {
      if a.utf8.elementsEqual(b.utf8) { continue }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    if first.line != second.line { return first.line ?? 0 < second.line ?? 0 }
    return first.message.utf8.lexicographicallyPrecedes(second.message.utf8)
  }
}

/// What came of looking at an index.
package struct Verification: Sendable {
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

  /// The findings that count: those that are no warnings.
  package var errorCount: Int { findings.count { $0.severity == .error } }

  mutating func add(_ other: Verification) {
    findings += other.findings
    pageCount += other.pageCount
    insideCount += other.insideCount
    outsideCount += other.outsideCount
  }
}
