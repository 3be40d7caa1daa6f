import IndexPipeline

extension Surroundings {
  /// Surroundings that are known: these variables, files and parts, and no others.
  static func of(
    _ variables: [String: String],
    files: [String: String] = [:],
    parts: [String: String] = [:]
  ) -> Surroundings {
    let answer = { @Sendable (table: [String: String], name: String, reason: String) -> Answer in
      table[name].map { .value(Array($0.utf8)) } ?? .missing(reason)
    }
    return Surroundings(
      variable: { answer(variables, $0, "not set") },
      file: { answer(files, $0, "no such file") },
      part: { answer(parts, $0, "no such file") }
    )
  }
}
