import IndexPipeline
import IndexStages

/// What the tests of the schema ask of the reader of pipeline files.
enum PipelineProbe {
  /// `ok`, or `error` and the codes and places of all mistakes of a file.
  static func pipeline(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: pipeline TEXT" }
    do {
      _ = try PipelineFile.read(text, path: "-", registry: .standard(), now: nil)
      return "ok"
    } catch let failure as PipelineFileFailure {
      let mistakes = failure.failures.map { "\($0.code) \($0.excerpt?.pointer ?? "")" }
      return "error\t" + mistakes.joined(separator: "\t")
    } catch {
      return "bug\t\(error)"
    }
  }
}
