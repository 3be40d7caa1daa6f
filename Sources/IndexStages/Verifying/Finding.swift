package import IndexPipeline
import IndexTransport
import StrictJSON

/// Something in a published index that is not as it must be.
package struct Finding: Sendable {
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

extension Finding {
  /// Findings by their place, each once.
  static func sorted(_ findings: [Finding]) -> [Finding] {
    let sorted = findings.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return zip([nil] + sorted.map(Optional.some), sorted).compactMap { before, finding in
      before?.key == finding.key ? nil : finding
    }
  }

  /// What findings are told by: the path, the line and the rest.
  private var key: [UInt8] {
    let line = String(line ?? 0)
    let place = "\(path)\0\(String(repeating: "0", count: 19 - line.utf8.count))\(line)"
    return Array("\(place)\0\(code)\0\(message)".utf8)
  }
}
