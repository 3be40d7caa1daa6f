import IndexPipeline
import IndexTransport

/// What people read.
///
/// It goes to standard error: standard output is for what a verb returns.
enum Console {
  /// Prints lines.
  static func error(_ text: String) { write(text + "\n") }

  /// Prints text as it is.
  static func write(_ text: String) {
    // Nobody can be told that standard error is gone, and the run need not end for it.
    try? OutputFile.standardError.write(text.utf8Span.span)
  }

  /// Prints a diagnostic and an empty line; in a job of GitHub also as an annotation.
  static func show(_ diagnostic: Diagnostic) {
    error(DiagnosticPrinter.text(of: diagnostic) + "\n")
    if ProcessSettings.variable("GITHUB_ACTIONS") == "true" {
      error(DiagnosticPrinter.annotation(of: diagnostic))
    }
  }

  /// Prints lines that are what a verb returns.
  ///
  /// - Throws: `StageFailure` if standard output is gone.
  static func output(_ text: String) throws(StageFailure) {
    let line = text + "\n"
    do throws(IOFailure) {
      try OutputFile.standardOutput.write(line.utf8Span.span)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot write to standard output: \(error.code)"
      )
    }
  }
}
