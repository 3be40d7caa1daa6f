import IndexPipeline
import IndexTransport

/// Where text goes: what a verb returns to standard output, what people are told to standard error.
enum Console {
  /// Prints what a verb returns.
  ///
  /// - Throws: `StageFailure` when nobody can read it.
  static func output(_ bytes: borrowing Span<UInt8>) throws(StageFailure) {
    do throws(IOFailure) {
      try OutputFile.standardOutput.write(bytes)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot write to standard output: \(error.code)"
      )
    }
  }

  /// Prints a line of what a verb returns.
  ///
  /// - Throws: `StageFailure` when nobody can read it.
  static func output(_ line: String) throws(StageFailure) {
    try output("\(line)\n".utf8Span.span)
  }

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
}
