public import IndexPipeline
import IndexTransport
import StrictJSON

/// Lets a program decide about records, and edit them.
public struct ExecTransform: Transform {
  /// The type `exec`.
  public static let info = StageInfo(
    type: "exec",
    summary: "Lets a program drop and edit records.",
    example: #"{ "type": "exec", "protocol": "jsonl", "command": ["jq", "-c", "del(.license)"] }"#,
    synonyms: ["program", "command", "shell", "jq", "script", "plugin"],
    runsPrograms: true
  )

  /// All records at once, since a program is started once.
  public static let scope = TransformScope.index

  let program: Program

  /// Reads the fields of programs.
  public init(from settings: inout Settings) {
    program = Program(.transform, from: &settings)
  }

  /// Looks for the program.
  public func preflight() async throws { try program.preflight() }

  /// Remembers the run.
  public func open(_ context: StageContext) { program.memory.open(context) }

  /// Keeps what the program wants to remember.
  public func close(isSuccess: Bool) async { program.close(isSuccess: isSuccess) }

  /// Sends the records to the program, and takes its answers.
  ///
  /// - Throws: `StageFailure` if the program does not keep to the protocol.
  public func apply(to records: inout RecordEditor) async throws {
    let run = try ProgramRun(program)
    switch program.level {
    case .jsonl: try await filter(&records, through: run)
    case .v1: try await discuss(&records, with: run)
    }
  }
}

// Records only.
extension ExecTransform {
  /// The bytes that are sent at once.
  private static let blockSize = 1 << 18

  private func filter(_ records: inout RecordEditor, through run: ProgramRun) async throws {
    let sent = records
    async let isSent: Void = Self.send(sent, to: run)
    var returned = ReturnedRecords(of: records, sources: run.context.sources)
    do throws(ProgramFault) {
      try await Self.receive(&returned, &records, from: run)
      try await run.finish()
    } catch {
      let progress =
        "\(returned.count.grouped) of \(sent.indices.count.of("record")) came back"
      throw await run.failure(error, progress)
    }
    await isSent
    returned.dropRest(&records, because: "not returned by \(run.context.id)")
  }

  private static func send(_ records: RecordEditor, to run: ProgramRun) async {
    var writer = RecordLineWriter(sources: run.context.sources)
    var block = ByteBuffer(minimumCapacity: blockSize + 4096)
    for index in records.indices {
      writer.append(records[index], to: &block)
      block.append(UInt8(ascii: "\n"))
      guard block.count >= blockSize else { continue }
      // A program that reads no more has failed, or will not return what is left.
      guard await run.child.write(block.span) else { return }
      block.removeAll()
    }
    if block.count > 0 { _ = await run.child.write(block.span) }
    run.child.closeInput()
  }

  private static func receive(
    _ returned: inout ReturnedRecords,
    _ records: inout RecordEditor,
    from run: ProgramRun
  ) async throws(ProgramFault) {
    while var block = try await run.readBlock() {
      let bytes = block.bytes
      var number = block.firstLine
      while let range = block.next() {
        if block.isUnfinished {
          throw .unfinished(ProgramFault.Line(number: number, bytes: Array(bytes[range])))
        }
        try returned.take(bytes.span.extracting(range), number: number, &records)
        number += 1
      }
    }
  }
}

extension ProgramRun {
  /// Reads the next lines.
  func readBlock() async throws(ProgramFault) -> LineBlock? {
    do throws(ChildFailure) {
      return try await child.read()
    } catch {
      throw .child(error)
    }
  }
}
