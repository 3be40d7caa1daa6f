import IndexModel
import IndexPipeline
import StrictJSON

/// What the differential tests ask of patterns and conditions.
enum MatchProbe {
  /// The moment of every run, in seconds.
  private static let now: Int64 = 1_700_000_000

  /// Whether a pattern matches a text, or `error` if it is no pattern.
  static func glob(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 2 else { return "usage: glob PATTERN TEXT" }
    let (pattern, text) = (arguments[0], arguments[1])
    guard let glob = try? Glob(pattern.span) else { return "error" }
    return glob.matches(text.span) ? "1" : "0"
  }

  /// Whether the record of a line meets conditions, or the codes of their mistakes.
  ///
  /// The record is from the source `alpha`; there is `beta` too.
  static func matcher(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 2 else { return "usage: matcher JSON LINE" }
    let (json, line) = (arguments[0], arguments[1])
    do {
      let matcher = try Matcher(json: String(decoding: json, as: UTF8.self))
      let setting = RunSetting(now: Timestamp(seconds: now))
      try matcher.prepare(for: setting, sources: ["alpha", "beta"])
      var batch = RecordBatch()
      var decoder = RecordDecoder()
      try decoder.decode(line: line.span, number: 1, into: &batch)
      var matching = try matcher.start()
      let isMet = matching.matches(RecordView(batch.records[0], in: batch))
      if isMet && matching.reason().text.isEmpty { return "no reason" }
      return isMet ? "1" : "0"
    } catch let failure as PipelineFileFailure {
      return failure.failures.map(\.code).joined(separator: ",")
    } catch {
      return "\(error)"
    }
  }
}
