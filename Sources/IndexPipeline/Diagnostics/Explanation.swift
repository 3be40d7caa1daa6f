/// What a code in a message means, at more length than a message has.
package struct Explanation: Sendable {
  /// The code, such as `unknown-field`.
  package let code: String
  /// What happened, and why it is a mistake.
  package let meaning: String
  /// What the person can do.
  package let remedy: String

  init(_ code: String, _ meaning: String, remedy: String) {
    self.code = code
    self.meaning = meaning
    self.remedy = remedy
  }

  /// All codes, sorted.
  package static let all = [
    ofPipelineFiles, ofReferences, ofRecords, ofFolders, ofFiles, ofPrograms, ofPublishing,
    ofDistributions, ofCommands, ofOrigins, ofBuckets, ofVerifying, ofDeltas, ofTemplates,
  ].flatMap(\.self).sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }

  /// What a code means.
  ///
  /// - Throws: `StageFailure` with the nearest code, if there is none so named.
  package static func of(_ code: String) throws(StageFailure) -> Explanation {
    if let found = all.first(where: { $0.code.utf8.elementsEqual(code.utf8) }) { return found }
    let near = Suggestion.text(for: code, among: all.map(\.code))
    throw StageFailure(
      .config,
      code: "unknown-code",
      "no message has the code \"\(code)\"" + (near.isEmpty ? "" : "; \(near)"),
      help: "`larder explain` without a code lists all of them"
    )
  }

  /// The explanation as a person reads it.
  package var text: String {
    ([code, ""] + meaning.wrapped(to: 80) + [""] + "What to do: \(remedy)".wrapped(to: 80))
      .joined(separator: "\n") + "\n"
  }

  /// The list of all codes.
  package static var list: String { all.map { "\($0.code)\n" }.joined() }
}
