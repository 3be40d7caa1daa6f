import IndexPipeline
import IndexTransport

/// The bytes of pipeline files.
enum PipelineInput {
  /// Reads a file, or standard input if the path is `-`.
  ///
  /// What is larger than a pipeline file may be is not read to its end.
  static func read(_ path: String) throws(IOFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    let input = path == "-" ? InputFile.standardInput : try InputFile.open(path)
    while try input.read(into: &bytes, upTo: 1 << 16) > 0 {
      if bytes.count > PipelineFile.maximumSize { break }
    }
    return bytes
  }

  /// Reads a pipeline file.
  ///
  /// - Throws: `StageFailure` that says why it cannot be read.
  static func pipelineFile(_ path: String) throws(StageFailure) -> [UInt8] {
    do throws(IOFailure) {
      return try read(path)
    } catch {
      throw StageFailure(
        .config,
        code: "cannot-read",
        "cannot read the pipeline file \(path): \(error.code)"
      )
    }
  }
}
