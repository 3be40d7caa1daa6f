import IndexPipeline
import TestSupport
import Testing

@Suite("The messages that read exactly so")
struct MessageTests {
  private static let golden = GoldenFolder("messages")

  static let pure = [
    "needs-newer-release", "missing-renderer", "overlapping-paths", "trailing-comma",
    "unknown-field", "unknown-reference", "unknown-type", "wrong-type",
  ]

  /// The messages that show the last line of the command too.
  private static let withVerdict = ["trailing-comma", "unknown-field"]

  private func check(_ name: String, _ surroundings: Surroundings) throws -> PipelineCheck {
    var surroundings = surroundings
    surroundings.version = "0.4.1"
    return PipelineFile.check(
      try Self.golden.read("\(name).json"),
      path: "pipeline.json",
      registry: try .ofMessages(),
      surroundings: surroundings
    )
  }

  private func compare(_ name: String, _ check: PipelineCheck) throws {
    var parts = check.diagnostics.map { DiagnosticPrinter.text(of: $0) }
    if Self.withVerdict.contains(name) { parts.append(check.verdict) }
    let text = parts.joined(separator: "\n\n") + "\n"
    #expect(check.pipeline == nil && check.overview == nil)
    #expect(try Self.golden.difference("\(name).txt", Array(text.utf8)) == nil)
  }

  @Test("A file alone tells this much", arguments: pure)
  func explainsFile(_ name: String) throws {
    try compare(name, try check(name, Surroundings()))
  }

  @Test("All values that are missing are said at once, with their places")
  func explainsEnvironment() throws {
    #expect(try check("unset-variable", Surroundings()).errors.isEmpty)
    try compare("unset-variable", try check("unset-variable", .of([:])))
  }

  @Test("Every message has its input, and every input its message")
  func hasNoOtherFiles() throws {
    let names = (Self.pure + ["unset-variable"]).flatMap { ["\($0).json", "\($0).txt"] }
    #expect(try Self.golden.names() == names.sorted())
  }
}
