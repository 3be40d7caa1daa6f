public import IndexPipeline
import IndexTransport
import StrictJSON

/// What a program says of itself.
public struct ProgramDescription: Sendable {
  /// Its name.
  public let name: String
  /// Its version.
  public let version: String
  /// What it plugs in as, if it says so.
  public let kind: StageKind?
  /// What it does.
  public let summary: String
  /// The JSON Schema of its options, as JSON; nil if it has none.
  public let options: String?

  init(_ ready: ProgramMessage) {
    let describe = ready["describe"]
    name = ready["name"]?.string ?? "(no name)"
    version = ready["version"]?.string ?? ""
    let kind = describe?["kind"]?.string ?? ""
    // A hook is only told something, and says nothing of itself.
    self.kind = StageKind(rawValue: kind).flatMap { $0 == .hook ? nil : $0 }
    summary = describe?["summary"]?.string ?? ""
    options = describe?["options"]?.compact
  }

  /// Asks a program.
  ///
  /// - Parameter command: The program and its arguments.
  /// - Throws: `StageFailure` if it does not answer as it should.
  public static func ask(_ command: [String]) async throws -> ProgramDescription {
    let program = Program(.transform, command, options: "{}", limits: ProgramVerifier.limits)
    let run = try ProgramRun(program)
    var conversation = Conversation(run)
    do throws(ProgramFault) {
      let ready = try await conversation.greet("describe")
      try await conversation.end()
      return ProgramDescription(ready)
    } catch {
      throw await run.failure(error, "asked to describe itself")
    }
  }
}
