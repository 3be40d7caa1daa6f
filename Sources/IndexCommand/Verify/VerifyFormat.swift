import ArgumentParser
import IndexPipeline
import IndexStages
import StrictJSON

/// How `verify` prints what it found.
enum VerifyFormat: String, ExpressibleByArgument, CaseIterable {
  case human, json, junit

  func print(_ result: Verification) throws(StageFailure) {
    switch self {
    case .human: try printForPeople(result)
    case .json: try printLines(result)
    case .junit: try Console.output(VerifyJUnit(result).text)
    }
  }

  /// The most findings of one code that people are shown.
  private static let limit = 20

  private func printForPeople(_ result: Verification) throws(StageFailure) {
    var counts: [String: Int] = [:]
    for finding in result.findings {
      counts[finding.code, default: 0] += 1
      if counts[finding.code, default: 0] > Self.limit { continue }
      try Console.output(DiagnosticPrinter.text(of: finding.diagnostic) + "\n")
    }
    for (code, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    where count > Self.limit {
      let rest = count - Self.limit
      try Console.output("\(rest) more of \(code); --format json tells all\n")
    }
    for line in VerifyStory(result).lines { try Console.output(line) }
  }

  private func printLines(_ result: Verification) throws(StageFailure) {
    for finding in result.findings {
      var line = ByteBuffer()
      var object = JSONObjectWriter()
      func add(_ key: StaticString, _ value: String) {
        object.key(key, to: &line)
        line.append(json: value)
      }
      add("level", finding.severity.rawValue)
      add("event", "finding")
      add("code", finding.code)
      add("path", finding.path)
      if let number = finding.line {
        object.key("line", to: &line)
        line.append(decimal: number)
      }
      add("msg", finding.message)
      add("help", finding.remedy)
      object.end(to: &line)
      try Console.output(String(decoding: line.span))
    }
    try Console.output(summary(of: result))
  }

  private func summary(of result: Verification) -> String {
    var line = ByteBuffer()
    var object = JSONObjectWriter()
    object.key("event", to: &line)
    line.append(json: "summary" as StaticString)
    object.key("target", to: &line)
    line.append(json: result.target)
    let counts: [(StaticString, Int)] = [
      ("errors", result.errorCount),
      ("warnings", result.findings.count - result.errorCount),
      ("projects", result.projectCount), ("pages", result.pageCount),
      ("files", result.insideCount), ("files_elsewhere", result.outsideCount),
    ]
    for (key, count) in counts {
      object.key(key, to: &line)
      line.append(decimal: count)
    }
    object.key("manifest", to: &line)
    line.append(result.hasManifest ? "true" : "false")
    object.end(to: &line)
    return String(decoding: line.span)
  }
}
