import IndexPipeline
import IndexTransport

/// Files that a person asks for.
enum OutputText {
  /// Writes a file in place of what is there, in one step.
  ///
  /// - Throws: `StageFailure` if it cannot be written.
  static func write(_ bytes: borrowing Span<UInt8>, to path: String) throws(StageFailure) {
    do throws(IOFailure) {
      try Directory.replaceFile(path, with: bytes)
    } catch {
      throw StageFailure(.publish, code: "cannot-write", "cannot write \(path): \(error.code)")
    }
  }

  /// Appends to a file, which is made if it is missing.
  ///
  /// - Throws: `StageFailure` if it cannot be written.
  static func append(_ bytes: borrowing Span<UInt8>, to path: String) throws(StageFailure) {
    do throws(IOFailure) {
      try Directory.appendToFile(path, bytes)
    } catch {
      throw StageFailure(.publish, code: "cannot-write", "cannot write \(path): \(error.code)")
    }
  }
}
