import IndexModel
import IndexPipeline

/// The lines that tell a person what a run did.
enum RunSummary {
  /// The line of one stage.
  static func line(for stage: Report.Stage) -> String {
    let done =
      switch stage.kind {
      case "source", "merge", "transform": stage.output.of("record")
      case "catalog": stage.output.of("distribution")
      case "files": "\(stage.output.of("file")), \(stage.bytes.asSize)"
      case "render": "\(stage.output.of("page")), \(stage.bytes.asSize)"
      case "hook": "told of \(stage.output.of("change"))"
      default: "switched to \(stage.output.of("page"))"
      }
    let dropped = stage.dropped.sorted { $0.key < $1.key }
      .map { "\($0.value.grouped) \($0.key)" }
    let left = dropped.isEmpty ? "" : "; left out: \(dropped.joined(separator: ", "))"
    return "\(stage.kind.column)\(stage.id.column)\(done)\(left)  \(stage.milliseconds) ms"
  }

  /// A line for each line of a source that was left out, with its place and reason.
  static func skips(_ report: Report, hiding secrets: Secrets) -> [String] {
    report.skipped.map { line in
      let text = DiagnosticPrinter.printable(secrets.masking(line.excerpt.text)[...])
      // What is a file of its own has no line.
      let place = line.excerpt.line > 0 ? ":\(line.excerpt.line)" : ""
      return "skipped: \(line.excerpt.path)\(place): \(line.reason): \(text)"
    }
  }

  /// A line for each thing that a person should know.
  static func warnings(_ report: Report, hiding secrets: Secrets) -> [String] {
    let duplicates = report.duplicates.map { duplicate in
      let name = DiagnosticPrinter.printable(Array(duplicate.filename.utf8)[...])
      let difference = duplicate.isConflict ? " with other bytes" : ""
      return "duplicate: \(name) is on line \(duplicate.droppedLine) and again on line "
        + "\(duplicate.keptLine)\(difference); the latter is kept"
    }
    let silent = report.silentConditions.map { condition in
      let message = DiagnosticPrinter.printable(Array(condition.message.utf8)[...])
      return "warning[empty-filter]: \(secrets.masking(message))"
    }
    let disabled =
      report.disabled.isEmpty ? [] : ["not enabled: \(report.disabled.joined(separator: ", "))"]
    return duplicates + report.warnings.map { "warning: \(secrets.masking($0))" } + silent
      + disabled
  }

  /// What a run that went well came to.
  static func result(_ report: Report) -> String {
    guard report.isPublished else { return "nothing changed; nothing was written" }
    return "published \(report.distributionCount.of("distribution")) of "
      + "\(report.projectCount.of("project")); \(report.skipped.count.of("line")) skipped"
  }
}

extension String {
  /// The text with spaces up to a column of eleven.
  var column: String {
    self + String(repeating: " ", count: Swift.max(1, 11 - utf8.count))
  }
}
