import IndexPipeline
import IndexStages

/// What `verify` found, as JUnit XML: a test for each code, which fails where there are findings.
struct VerifyJUnit {
  private let result: Verification

  init(_ result: Verification) { self.result = result }

  var text: String {
    let codes = Explanation.ofVerifying.map(\.code)
    let errors = Dictionary(grouping: result.findings.filter { $0.severity == .error }, by: \.code)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    xml +=
      "<testsuite name=\"larder verify \(XMLText.escaped(result.target))\" tests=\"\(codes.count)\" "
    xml += "failures=\"\(errors.count)\">\n"
    for code in codes {
      xml += "<testcase name=\"\(code)\">"
      for finding in errors[code] ?? [] {
        xml += "<failure message=\"\(XMLText.escaped(finding.place))\">"
        xml += "\(XMLText.escaped("\(finding.message)\n\(finding.remedy)"))</failure>"
      }
      xml += "</testcase>\n"
    }
    return xml + "</testsuite>\n</testsuites>"
  }
}
