import ArgumentParser
import IndexPipeline

/// How `check` prints what it found.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case human, json, github, sarif

  func print(_ result: CheckResult) throws(StageFailure) {
    switch self {
    case .human: try printForPeople(result)
    case .json:
      for diagnostic in result.diagnostics {
        try Console.output(DiagnosticPrinter.json(of: diagnostic))
      }
    case .github:
      for diagnostic in result.diagnostics {
        try Console.output(DiagnosticPrinter.annotation(of: diagnostic))
      }
    case .sarif:
      let log = DiagnosticPrinter.sarif(of: result.diagnostics, version: Release.version)
      try Console.output(log)
    }
  }

  private func printForPeople(_ result: CheckResult) throws(StageFailure) {
    for entry in result.entries {
      for diagnostic in entry.check.diagnostics { Console.show(diagnostic) }
      if let overview = entry.check.overview {
        let count = entry.check.warnings.count
        let warnings = count == 0 ? "" : ", \(count.of("warning"))"
        try Console.output("\(entry.name): ok\(warnings)")
        for line in overview.lines { try Console.output(line) }
      } else {
        Console.error(entry.check.verdict + "\n")
      }
    }
    for path in result.skipped { try Console.output("\(path): shows no pipeline") }
    for failure in result.failures { Console.show(failure.diagnostic) }
    if result.entries.contains(where: { $0.check.overview != nil }) {
      try Console.output(result.scope)
    }
  }
}
