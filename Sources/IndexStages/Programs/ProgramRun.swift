import IndexPipeline
import IndexTransport
import StrictJSON

/// A program at work for a stage.
final class ProgramRun: Sendable {
  /// Hands what the program says for people to the log.
  private struct Log: ChildObserver {
    let context: StageContext

    func childWrote(_ line: ErrorLine) { context.log(line.text) }
  }

  /// The most bytes of a line of output that a message shows.
  private static let excerptLength = 200

  let program: Program
  let context: StageContext
  let child: ChildProcess

  /// Starts the program.
  init(_ program: Program) throws(StageFailure) {
    self.program = program
    context = program.memory.context(program.kind)
    do throws(StartFailure) {
      child = try ChildProcess(
        program.command,
        limits: program.limits,
        observer: Log(context: context)
      )
    } catch {
      throw program.failure(toStart: error)
    }
  }

  /// Waits until the program has ended as it should.
  ///
  /// - Throws: ``ProgramFault`` if it does not.
  func finish() async throws(ProgramFault) {
    let result = await child.finish()
    switch result.failure {
    // Its count says that it has decided on all; the last messages need not interest it.
    case .brokenPipe where program.level == .v1: break
    case .some(let failure): throw .child(failure)
    case nil: break
    }
    if result.unreadCount > 0 { throw .broken("wrote a line after its last message") }
    if result.outputEnd != .line {
      throw .broken("ended its output in the midst of a line")
    }
  }

  /// Ends the program and tells what went wrong.
  ///
  /// - Parameters:
  ///   - fault: What it did.
  ///   - progress: How far it had come, such as `0 of 12 records answered`.
  func failure(_ fault: ProgramFault, _ progress: String) async -> StageFailure {
    let result: ChildResult
    switch fault {
    case .ended, .unfinished: result = await child.finish()
    default: result = await child.stop()
    }
    let fault = fault.explained(by: result)
    var remarks = [Remark("command", program.commandLine)]
    if let line = fault.line {
      remarks.append(Remark("stdout line \(line.number)", Self.excerpt(of: line)))
    }
    if let note = fault.note { remarks.append(.note(note)) }
    remarks.append(Remark("state", "\(progress); \(Self.ending(result)) its output was discarded"))
    remarks += Self.errorLines(of: result) + help(for: fault)
    return StageFailure(
      fault.kind,
      Diagnostic(code: fault.code, "\(program.title) \(fault.text)", remarks: remarks)
    )
  }

  /// The last lines that a program wrote for people.
  static func errorLines(of result: ChildResult) -> [Remark] {
    let lines = result.errorLines.map(\.text)
    let count = lines.count == 1 ? "line" : "\(lines.count) lines"
    return lines.isEmpty ? [] : [Remark("stderr, last \(count)", "", lines: lines)]
  }

  private func help(for fault: ProgramFault) -> [Remark] {
    if case .said(let failure) = fault {
      let place = failure.field.flatMap { program.optionPlaces[$0] }
      return (failure.help.map { [.help($0)] } ?? [])
        + (place.map { [Remark("at", "\($0)")] } ?? program.at)
    }
    // A program without a place is being verified.
    guard program.level == .v1, !program.at.isEmpty else { return program.at }
    let command = "larder plugin verify -- \(program.commandLine)"
    return [.help("`\(command)` checks a plugin step by step")] + program.at
  }

  private static func ending(_ result: ChildResult) -> String {
    if result.wasKilled {
      return "the plugin ignored SIGTERM and was stopped (SIGKILL), and"
    }
    if case .signalled(15) = result.status { return "the plugin was stopped (SIGTERM) and" }
    return "the plugin ended with \(result.status), and"
  }

  private static func excerpt(of line: ProgramFault.Line) -> String {
    let shown = line.bytes.prefix(excerptLength)
    let text = String(decoding: shown, as: UTF8.self)
    return "\"\(text)\(line.bytes.count > shown.count ? "..." : "")\""
  }
}
