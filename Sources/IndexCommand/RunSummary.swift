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
  static func print(_ report: Report) {
    printSkips(report)
    for duplicate in report.duplicates {
      let name = DiagnosticPrinter.printable(Array(duplicate.filename.utf8)[...])
      let difference = duplicate.isConflict ? " with other bytes" : ""
      Console.error(
        "duplicate: \(name) is on line \(duplicate.droppedLine) and again on line "
          + "\(duplicate.keptLine)\(difference); the latter is kept"
      )
    }
    for warning in report.warnings { Console.error("warning: \(warning)") }
    for condition in report.silentConditions {
      let message = DiagnosticPrinter.printable(Array(condition.message.utf8)[...])
      Console.error("warning[empty-filter]: \(message)")
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
  static func printSkips(_ report: Report) {
    for line in report.skipped {
      let text = DiagnosticPrinter.printable(line.excerpt.text[...])
      Console.error("skipped: \(line.excerpt.path):\(line.excerpt.line): \(line.reason): \(text)")
    }
  }
}

extension Int {
  /// The number with a comma between each three digits.
  var grouped: String {
    let digits = Array(String(magnitude).utf8)
    var text: [UInt8] = self < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The number and what is counted, such as `1 page` or `2 pages`.
  func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

  /// The number of bytes in the unit that suits it.
  var asSize: String {
    if self < 1 << 10 { return "\(self) B" }
    if self < 1 << 20 { return "\(self >> 10) KiB" }
    return "\((self >> 20).grouped) MiB"
  }
}

extension String {
  /// The text with spaces up to a column of eleven.
  var column: String {
    self + String(repeating: " ", count: Swift.max(1, 11 - utf8.count))
  }
}
