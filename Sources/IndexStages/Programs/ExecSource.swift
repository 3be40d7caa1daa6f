import IndexModel
public import IndexPipeline
import IndexTransport
import StrictJSON

/// Takes the records that a program writes.
public struct ExecSource: Source {
  /// The type `exec`.
  public static let info = StageInfo(
    type: "exec",
    summary: "Takes the records that a program writes.",
    example: #"{ "type": "exec", "protocol": "jsonl", "command": ["plugins/list-wheels.py"] }"#,
    synonyms: ["program", "command", "shell", "script", "plugin"],
    runsPrograms: true
  )

  let program: Program

  /// Reads the fields of programs.
  public init(from settings: inout Settings) {
    program = Program(.source, from: &settings)
  }

  /// The command.
  public var place: String { program.commandLine }

  /// Looks for the program.
  public func preflight() async throws { try program.preflight() }

  /// Remembers the run.
  public func open(_ context: StageContext) { program.memory.open(context) }

  /// Keeps what the program wants to remember.
  public func close(isSuccess: Bool) async { program.close(isSuccess: isSuccess) }

  /// Runs the program and takes its records.
  ///
  /// - Throws: `StageFailure` if the program does not keep to the protocol.
  public func read(into output: inout SourceOutput) async throws {
    let run = try ProgramRun(program)
    var batch = RecordBatch()
    do throws(ProgramFault) {
      switch program.level {
      case .jsonl: output.byteCount += try await Self.take(&batch, from: run)
      case .v1: try await Self.ask(run, &batch)
      }
    } catch {
      let failure = await run.failure(error, "\(batch.records.count.of("record")) given")
      // That something was given tells the framework not to begin again.
      output.append(batch)
      throw failure
    }
    output.append(batch)
  }

  private static func take(
    _ batch: inout RecordBatch,
    from run: ProgramRun
  ) async throws(ProgramFault) -> Int {
    run.child.closeInput()
    var decoder = Self.decoder
    var byteCount = 0
    while var block = try await run.readBlock() {
      let bytes = block.bytes
      var number = block.firstLine
      byteCount += bytes.count
      while let range = block.next() {
        if block.isUnfinished {
          throw .unfinished(ProgramFault.Line(number: number, bytes: Array(bytes[range])))
        }
        do throws(RecordProblem) {
          try decoder.decode(line: bytes.span.extracting(range), number: number, into: &batch)
        } catch {
          let line = ProgramFault.Line(number: number, bytes: Array(bytes[range]))
          throw error.isSyntax ? .noJSON(line) : .record(error, line)
        }
        number += 1
      }
    }
    try await run.finish()
    return byteCount
  }

  private static func ask(
    _ run: ProgramRun,
    _ batch: inout RecordBatch
  ) async throws(ProgramFault) {
    var conversation = Conversation(run)
    _ = try await conversation.greet(run.context.mode.rawValue)
    await conversation.send("{\"type\":\"end\",\"count\":0}")
    var decoder = Self.decoder
    while true {
      let message = try await conversation.next(awaiting: "\"done\"")
      switch message.type {
      case "record":
        try message.publishing { bytes throws(RecordProblem) in
          try decoder.decode(line: bytes, number: message.line.number, into: &batch)
        }
      case "done":
        let claimed = try message.integer("answered")
        if claimed != batch.records.count {
          let counted = batch.records.count.of("record")
          throw .broken("counted \(claimed) records, and gave \(counted)", message.line)
        }
        return try await conversation.end()
      default: throw .broken("sent a message of unknown type \"\(message.type)\"", message.line)
      }
    }
  }

  private static var decoder: RecordDecoder {
    var decoder = RecordDecoder()
    decoder.acceptsDerivedKeys = true
    return decoder
  }
}

extension RecordProblem {
  /// Whether the line is not even JSON.
  fileprivate var isSyntax: Bool { code.utf8.elementsEqual("json-syntax".utf8) }
}
