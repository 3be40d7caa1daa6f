public import IndexPipeline
import IndexTransport
import Synchronization

/// Tells a program what was published.
///
/// What it is told is kept before the first sink switches, and forgotten when the program ended with
/// success: it is told of each change at least once.
public struct ExecHook: Hook {
  /// The type `exec`.
  public static let info = StageInfo(
    type: "exec",
    summary: "Tells a program what was published, such as to purge a cache.",
    example: #"{ "type": "exec", "command": ["plugins/purge.py"] }"#,
    synonyms: ["program", "command", "shell", "script", "plugin"],
    runsPrograms: true
  )

  let program: Program
  private let owed: OwedChanges

  /// Reads the fields of programs that are only told.
  public init(from settings: inout Settings) {
    program = Program(hook: &settings)
    owed = OwedChanges(in: program)
  }

  /// Looks for the program.
  public func preflight() async throws { try program.preflight() }

  /// Remembers the run.
  public func open(_ context: StageContext) {
    program.memory.open(context)
    owed.open()
  }

  /// Keeps the changes until the program was told.
  public func prepare(_ changes: PublishedChanges) async { owed.keep(ChangeLines(changes)) }

  /// Runs the program, if there is something to tell.
  ///
  /// - Throws: `StageFailure` if it does not start, or does not end with success.
  public func run(after changes: PublishedChanges) async throws -> Int {
    let lines = owed.lines(with: ChangeLines(changes))
    if lines.count == 0 { return 0 }
    let run = try start()
    async let isSent: Void = Self.send(lines.told(as: changes), to: run)
    var failure = await Self.logOutput(of: run)
    await isSent
    let result = await run.child.finish()
    failure = result.failure ?? failure
    // It need not read what does not interest it.
    if case .brokenPipe = failure { failure = nil }
    if let failure { throw self.failure(failure, result, run) }
    owed.forget()
    return lines.count
  }

  private func start() throws(StageFailure) -> ProgramRun {
    do throws(StageFailure) {
      return try ProgramRun(program)
    } catch {
      throw StageFailure(.hook, error.diagnostic.adding(Self.outcome))
    }
  }

  private static func send(_ bytes: [UInt8], to run: ProgramRun) async {
    // That it reads no more may be its choice: how it ends tells.
    _ = await run.child.write(bytes.span)
    run.child.closeInput()
  }

  /// Hands what the program writes to the log.
  private static func logOutput(of run: ProgramRun) async -> ChildFailure? {
    do throws(ChildFailure) {
      while var block = try await run.child.read() {
        let bytes = block.bytes
        while let range = block.next() {
          let shown = bytes[range].prefix(ErrorLine.limit)
          run.context.log(String(decoding: shown, as: UTF8.self))
        }
      }
      return nil
    } catch {
      return error
    }
  }

  private static let outcome = [
    Remark.note("the index is published, and stays so"),
    .help("run it again: the next run tells it of these changes too"),
  ]

  private func failure(
    _ failure: ChildFailure,
    _ result: ChildResult,
    _ run: ProgramRun
  ) -> StageFailure {
    var remarks = [Remark("command", program.commandLine)]
    remarks += ProgramRun.errorLines(of: result) + Self.outcome + program.at
    let isCancelled = if case .stopped = failure { true } else { false }
    return StageFailure(
      isCancelled ? .cancelled : .hook,
      Diagnostic(code: "hook-failed", "\(program.title) \(failure)", remarks: remarks)
    )
  }
}

extension Diagnostic {
  /// The same with more remarks.
  fileprivate func adding(_ remarks: [Remark]) -> Diagnostic {
    var diagnostic = self
    diagnostic.remarks += remarks
    return diagnostic
  }
}
