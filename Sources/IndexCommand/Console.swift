import IndexPipeline
import IndexTransport

/// What people read.
///
/// It goes to standard error: standard output is for what a verb returns.
enum Console {
  /// Prints lines.
  static func error(_ text: String) { write(text + "\n") }

  /// Prints what a verb returns to standard output.
  ///
  /// - Throws: `StageFailure` if it cannot be written.
  static func output(_ bytes: [UInt8]) throws(StageFailure) {
    do throws(IOFailure) {
      try OutputFile.standardOutput.write(bytes.span)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot write to standard output: \(error.code)"
      )
    }
  }

  /// Prints text as it is.
  static func write(_ text: String) {
    // Nobody can be told that standard error is gone, and the run need not end for it.
    try? OutputFile.standardError.write(text.utf8Span.span)
  }
}
