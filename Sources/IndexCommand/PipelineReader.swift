import IndexPipeline
import IndexStages
import IndexTransport

/// Reads pipeline files for the verbs.
enum PipelineReader {
  /// Reads the pipeline of a file.
  ///
  /// - Throws: `StageFailure` if it cannot be read, `PipelineFileFailure` with all its mistakes.
  static func read(_ file: String) throws -> Pipeline {
    var bytes: [UInt8] = []
    do throws(IOFailure) {
      let input = try InputFile.open(file)
      while try input.read(into: &bytes, upTo: 1 << 16) > 0 {
        if bytes.count > PipelineFile.maximumSize { break }
      }
    } catch {
      throw StageFailure(
        .config,
        code: "cannot-read",
        "cannot read the pipeline file \(file): \(error.code)"
      )
    }
    var surroundings = Surroundings()
    surroundings.allowsPrograms = (ProcessSettings.variable("LARDER_NO_EXEC") ?? "").utf8.isEmpty
    return try PipelineFile.read(
      bytes,
      path: file,
      registry: .standard(),
      surroundings: surroundings,
      now: Clock.now
    )
  }
}
