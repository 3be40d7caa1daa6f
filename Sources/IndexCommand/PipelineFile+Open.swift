import IndexPipeline
import IndexStages
import IndexTransport

extension PipelineFile {
  /// The largest list of patterns that is read, in bytes.
  private static let maximumListSize = 64 << 20

  /// Reads a pipeline from a file.
  ///
  /// - Throws: `PipelineFileFailure` with all mistakes, or `StageFailure` if there is no such file.
  static func open(_ path: String) throws -> Pipeline {
    let bytes = try read(path, called: "the pipeline file ", limit: maximumSize)
    var pipeline = try read(bytes, path: path, registry: .standard(), now: Clock.now)
    pipeline.setting.readFile = { path throws(StageFailure) in
      try read(path, called: "", limit: maximumListSize)
    }
    return pipeline
  }

  /// Reads a file, and no more than a byte past its limit.
  private static func read(
    _ path: String,
    called name: String,
    limit: Int
  ) throws(StageFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(IOFailure) {
      let input = try InputFile.open(path)
      while bytes.count <= limit, try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
      return bytes
    } catch {
      throw StageFailure(
        .config,
        code: "cannot-read",
        "cannot read \(name)\(path): \(error.code)"
      )
    }
  }
}
