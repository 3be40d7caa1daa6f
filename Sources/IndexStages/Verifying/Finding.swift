package import IndexPipeline
import IndexTransport
import StrictJSON

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

extension Finding {
  /// An HTML page that cannot be read, or that is beyond what Larder reads.
  init(_ problem: MarkupProblem, on page: [UInt8]) {
    switch problem.code {
    case .tagTooLong, .textTooLong, .tooManyAttributes, .tooManyMetas:
      self.init(.warning, code: "unchecked-page", page, "its links were not looked at: \(problem)")
    case .noLibrary, .noMemory:
      self.init(code: "unchecked-page", page, "its links were not looked at: \(problem)")
    default: self.init(code: "damaged-page", page, "it cannot be read: \(problem)")
    }
  }

  /// A page that is no JSON.
  init(_ error: JSONError, on page: [UInt8], _ bytes: [UInt8]) {
    let line = SourceLocation(of: error.range.lowerBound, in: bytes.span).line
    self.init(code: "damaged-page", page, line: line, "it cannot be read: \(error.message)")
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
