import ArgumentParser
import IndexPipeline
import IndexTransport

/// The flags that ask for files about a run.
struct ReportOptions: ParsableArguments {
  @Option(help: "Write a report of the run to this file, as JSON.", completion: .file())
  var report: String?

  @Option(help: "Append a summary to this file, as Markdown.", completion: .file())
  var summaryFile: String?

  @Option(help: "Write metrics to this file, in the text format of Prometheus.")
  var metricsFile: String?

  /// The files that were asked for.
  var files: [String] { [report, summaryFile, metricsFile].compactMap(\.self) }

  /// Writes what was asked for.
  ///
  /// - Throws: `StageFailure` if a file cannot be written.
  func write(
    _ report: Report,
    of name: String,
    hiding secrets: Secrets,
    exitStatus: Int32
  ) throws(StageFailure) {
    if let path = self.report {
      try OutputText.write(secrets.masking(report.json()).span, to: path)
    }
    if let path = summaryFile {
      let text = secrets.masking(ReportTable.markdown(of: report, named: name))
      try OutputText.append(text.utf8Span.span, to: path)
    }
    if let path = metricsFile {
      let text = ReportMetrics.text(
        of: report,
        named: name,
        exitStatus: exitStatus,
        at: ProcessSettings.now
      )
      try OutputText.write(text.utf8Span.span, to: path)
    }
  }
}
