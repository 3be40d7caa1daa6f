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
      case "render": "\(stage.output.of("page")), \(stage.bytes.asSize)"
      default: "switched to \(stage.output.of("page"))"
      }
    let dropped = stage.dropped.sorted { $0.key < $1.key }
      .map { "\($0.value.grouped) \($0.key)" }
    let left = dropped.isEmpty ? "" : "; left out: \(dropped.joined(separator: ", "))"
    return "\(stage.kind.column)\(stage.id.column)\(done)\(left)  \(stage.milliseconds) ms"
  }

  /// Prints what was left out and the summary of a run that went well.
  static func print(_ report: Report, hiding secrets: Secrets) {
    printSkips(report, hiding: secrets)
    for duplicate in report.duplicates {
      let name = DiagnosticPrinter.printable(Array(duplicate.filename.utf8)[...])
      let difference = duplicate.isConflict ? " with other bytes" : ""
      Console.error(
        "duplicate: \(name) is on line \(duplicate.droppedLine) and again on line "
          + "\(duplicate.keptLine)\(difference); the latter is kept"
      )
    }
    for warning in report.warnings { Console.error("warning: \(secrets.masking(warning))") }
    for condition in report.silentConditions {
      let message = DiagnosticPrinter.printable(Array(condition.message.utf8)[...])
      Console.error("warning[empty-filter]: \(secrets.masking(message))")
    }
    if !report.disabled.isEmpty {
      Console.error("not enabled: \(report.disabled.joined(separator: ", "))")
    }
    guard report.isPublished else {
      Console.error("nothing changed; nothing was written")
      return
    }
    Console.error(
      "published \(report.distributionCount.of("distribution")) of "
        + "\(report.projectCount.of("project")); \(report.skipped.count.of("line")) skipped"
    )
  }

  /// Prints each line that was left out, with its place and reason.
  static func printSkips(_ report: Report, hiding secrets: Secrets) {
    for line in report.skipped {
      let text = DiagnosticPrinter.printable(secrets.masking(line.excerpt.text)[...])
      Console.error("skipped: \(line.excerpt.path):\(line.excerpt.line): \(line.reason): \(text)")
    }
  }
}

extension String {
  /// The text with spaces up to a column of eleven.
  var column: String {
    self + String(repeating: " ", count: Swift.max(1, 11 - utf8.count))
  }
}
