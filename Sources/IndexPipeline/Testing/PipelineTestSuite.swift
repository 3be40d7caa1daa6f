/// The results of one file of tests.
public struct PipelineTestSuite: Sendable {
  /// The path of the file.
  public let path: String
  /// What became of its tests, in their order.
  public var results: [PipelineTestResult] = []

  /// Creates the results of a file of which no test ran yet.
  public init(path: String) { self.path = path }

  /// Whether all tests passed.
  public var isPassed: Bool { results.allSatisfy { $0.failures.isEmpty } }
}

/// What people and machines are told of tests.
public struct PipelineTestSummary {
  private let suites: [PipelineTestSuite]

  /// Makes a summary of suites.
  public init(_ suites: [PipelineTestSuite]) { self.suites = suites }

  private var counts: (passed: Int, failed: Int) {
    let results = suites.flatMap(\.results)
    let failed = results.count { !$0.failures.isEmpty }
    return (results.count - failed, failed)
  }

  /// A line for each test and each thing that was not as expected, and the counts.
  public var lines: [String] {
    let tests = suites.flatMap { suite in
      [suite.path] + suite.results.flatMap { Self.lines(of: $0, in: suite.path) }
    }
    return tests + ["\(counts.passed) passed, \(counts.failed) failed"]
  }

  private static func lines(of result: PipelineTestResult, in path: String) -> [String] {
    let name = result.test.name
    let gap = String(repeating: " ", count: max(1, 48 - name.utf8.count))
    let time = "\(result.milliseconds) ms"
    if result.failures.isEmpty { return ["  ok      \(name)\(gap)\(time)"] }
    return ["  FAILED  \(name)\(gap)\(time)   \(path):\(result.test.line)"]
      + result.failures.map { "            \($0)" }
  }

  /// The results as JUnit XML.
  public var junit: String {
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    for suite in suites {
      let failed = suite.results.count { !$0.failures.isEmpty }
      xml += "<testsuite name=\"\(XMLText.escaped(suite.path))\" tests=\"\(suite.results.count)\" "
      xml += "failures=\"\(failed)\">\n"
      for result in suite.results {
        xml += "<testcase name=\"\(XMLText.escaped(result.test.name))\" "
        xml += "time=\"\(Double(result.milliseconds) / 1000)\">"
        for failure in result.failures { xml += "<failure>\(XMLText.escaped(failure))</failure>" }
        xml += "</testcase>\n"
      }
      xml += "</testsuite>\n"
    }
    return xml + "</testsuites>\n"
  }
}
