public import IndexPipeline

/// Publishes an index through a program.
///
/// How much of a publication readers see at once is the program's affair.
public struct ExecSink: Sink {
  /// The type `exec`.
  public static let info = StageInfo(
    type: "exec",
    summary: "Publishes the index through a program.",
    example: #"{ "type": "exec", "command": ["plugins/upload.py"] }"#,
    synonyms: ["program", "command", "shell", "script", "plugin"],
    runsPrograms: true
  )

  let program: Program

  /// Reads the fields of programs.
  public init(from settings: inout Settings) {
    program = Program(.sink, from: &settings)
  }

  /// Looks for the program.
  public func preflight() async throws { try program.preflight() }

  /// Remembers the run.
  public func open(_ context: StageContext) { program.memory.open(context) }

  /// Ends a program that was only asked what it holds.
  public func close(isSuccess: Bool) async {
    if let talk = program.memory.takeTalk() { await talk.discard() }
    program.close(isSuccess: isSuccess)
  }

  /// Starts the program and asks it what it holds.
  ///
  /// - Throws: `StageFailure` if it does not keep to the protocol.
  public func inventory() async throws -> Inventory {
    let talk = try await SinkTalk.begin(program)
    program.memory.keep(talk: talk)
    return talk.inventory
  }

  /// Makes room for the pages, which the program is told of when all are there.
  ///
  /// - Throws: `StageFailure` if the program does not start, or there is no room.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    if let talk = program.memory.takeTalk() {
      return try ProgramPublication(talk, publication, PageSpool())
    }
    return try ProgramPublication(try await SinkTalk.begin(program), publication, PageSpool())
  }
}
