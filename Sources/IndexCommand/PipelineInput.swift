import IndexPipeline
import IndexTransport

/// The bytes of pipeline files.
enum PipelineInput {
  /// The largest list of patterns that is read, in bytes.
  private static let maximumListSize = 64 << 20

  /// Reads a file, or standard input if the path is `-`.
  ///
  /// What is larger than `limit` is not read to its end.
  static func read(
    _ path: String,
    limit: Int = PipelineFile.maximumSize
  ) throws(IOFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    let input = path == "-" ? InputFile.standardInput : try InputFile.open(path)
    while try input.read(into: &bytes, upTo: 1 << 16) > 0 {
      if bytes.count > limit { break }
    }
    return bytes
  }

  /// Reads a pipeline file.
  ///
  /// - Throws: `StageFailure` that says why it cannot be read.
  static func pipelineFile(_ path: String) throws(StageFailure) -> [UInt8] {
    try explaining("the pipeline file \(path)") { () throws(IOFailure) in try read(path) }
  }

  /// Reads a list that a condition names.
  ///
  /// - Throws: `StageFailure` that says why it cannot be read.
  static func list(_ path: String) throws(StageFailure) -> [UInt8] {
    try explaining(path) { () throws(IOFailure) in try read(path, limit: maximumListSize) }
  }

  private static func explaining(
    _ name: String,
    _ read: () throws(IOFailure) -> [UInt8]
  ) throws(StageFailure) -> [UInt8] {
    do throws(IOFailure) {
      return try read()
    } catch {
      throw StageFailure(.config, code: "cannot-read", "cannot read \(name): \(error.code)")
    }
  }
}
