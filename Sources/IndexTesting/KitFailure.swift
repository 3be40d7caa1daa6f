import IndexPipeline

/// What a stage does otherwise than its contract says.
///
/// The checks of the kit throw it, so that they can be called from any runner of tests.
public struct KitFailure: Error, CustomStringConvertible, Sendable {
  /// The stage, such as `source/file`.
  public let stage: String
  /// What was found, one sentence each.
  public let findings: [String]

  /// The stage and all findings, one a line.
  public var description: String {
    "\(stage) does not keep its contract:\n" + findings.map { "  - \($0)\n" }.joined()
  }
}

/// Collects what the checks of one stage find, so that one run tells everything.
struct Findings {
  let stage: String
  private(set) var list: [String] = []

  init(_ kind: StageKind, _ info: StageInfo) { stage = "\(kind)/\(info.type)" }

  mutating func add(_ finding: String) { list.append(finding) }

  mutating func expect(_ isMet: Bool, _ finding: @autoclosure () -> String) {
    if !isMet { add(finding()) }
  }

  /// What was found.
  var failure: KitFailure { KitFailure(stage: stage, findings: list) }

  /// Throws what was found, if anything was.
  func finish() throws(KitFailure) {
    if !list.isEmpty { throw failure }
  }
}
