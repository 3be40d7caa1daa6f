import IndexPipeline
import IndexStages

/// The end of what `verify` tells people: how much was looked at, and what came of it.
struct VerifyStory {
  private let result: Verification

  init(_ result: Verification) { self.result = result }

  var lines: [String] {
    let warnings = result.findings.count - result.errorCount
    var verdict = result.errorCount == 0 ? "ok" : result.errorCount.of("error")
    if warnings > 0 { verdict += ", \(warnings.of("warning"))" }
    var seen = "  read: \(result.pageCount.of("page")) of \(result.projectCount.of("project"))"
    seen += result.hasManifest ? ", each compared with the manifest" : "; there is no manifest"
    var lines = ["\(result.target): \(verdict)", seen]
    if result.insideCount > 0 { lines.append("  looked for: \(result.insideCount.of("file"))") }
    if result.outsideCount > 0 {
      lines.append(
        "  not looked for: \(result.outsideCount.of("file")) outside of \(result.target)"
      )
    }
    return lines
  }
}
