import IndexPipeline
import IndexStages

/// What the tests of the schema ask of the reader of pipeline files.
enum PipelineProbe {
  /// What `larder check` says by itself: `ok`, or `error` and the codes and places of all mistakes of a file.
  static func pipeline(_ arguments: [[UInt8]]) -> String {
    guard let text = arguments.first else { return "usage: pipeline TEXT" }
    do {
      let errors = try PipelineFile.check(text, path: "p.json", registry: .standard()).errors
      let mistakes = errors.map { "\($0.code) \($0.excerpt?.pointer ?? "")" }
      return errors.isEmpty ? "ok" : "error\t" + mistakes.joined(separator: "\t")
    } catch {
      return "bug\t\(error)"
    }
  }
}
