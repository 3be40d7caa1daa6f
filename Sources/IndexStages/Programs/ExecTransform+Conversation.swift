import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

// Messages: each record has a number, and each number is answered once.
extension ExecTransform {
  /// What became of each record, by its number.
  private struct Answers {
    var isAnswered: [Bool]
    var count = 0

    mutating func take(_ message: ProgramMessage) throws(ProgramFault) -> Int {
      let number = try message.integer("seq")
      guard isAnswered.indices.contains(number - 1) else {
        throw .broken("answered record \(number), which does not exist", message.line)
      }
      guard !isAnswered[number - 1] else {
        throw .broken("answered record \(number) twice", message.line)
      }
      isAnswered[number - 1] = true
      count += 1
      return number - 1
    }
  }

  func discuss(_ records: inout RecordEditor, with run: ProgramRun) async throws {
    let sent = records
    var answers = Answers(isAnswered: [Bool](repeating: false, count: sent.indices.count))
    var conversation = Conversation(run)
    do throws(ProgramFault) {
      _ = try await conversation.greet(run.context.mode.rawValue)
      // Answers are read while records are sent, or each side could wait for the other for ever.
      let sending = Task { await Self.tell(sent, to: run) }
      defer { sending.cancel() }
      try await Self.listen(&conversation, &answers, &records)
      try await conversation.end()
    } catch {
      let progress =
        "\(answers.count.grouped) of \(sent.indices.count.of("record")) answered"
      throw await run.failure(error, progress)
    }
  }

  private static func tell(_ records: RecordEditor, to run: ProgramRun) async {
    var writer = RecordLineWriter(sources: run.context.sources)
    var block = ByteBuffer(minimumCapacity: 1 << 16)
    for index in records.indices {
      block.append("{\"type\":\"record\",\"seq\":")
      block.append(decimal: index + 1)
      block.append(",\"record\":")
      writer.append(records[index], to: &block)
      block.append("}\n")
      guard block.count >= 1 << 15 else { continue }
      // Why it reads no more is met where its answers are read.
      guard await run.child.write(block.span) else { return }
      block.removeAll()
    }
    block.append("{\"type\":\"end\",\"count\":")
    block.append(decimal: records.indices.count)
    block.append("}\n")
    _ = await run.child.write(block.span)
  }

  private static func listen(
    _ conversation: inout Conversation,
    _ answers: inout Answers,
    _ records: inout RecordEditor
  ) async throws(ProgramFault) {
    while true {
      let message = try await conversation.next(awaiting: "\"done\"")
      switch message.type {
      case "keep":
        let index = try answers.take(message)
        guard message.record != nil else { continue }
        try message.publishing { bytes throws(RecordProblem) in
          try records.replace(index, with: bytes)
        }
      case "drop":
        let index = try answers.take(message)
        records.drop(index, because: try message.text("reason"))
      case "record":
        try message.publishing { bytes throws(RecordProblem) in try records.insert(bytes) }
      case "done":
        try finish(message, answers)
        return
      default: throw .broken("sent a message of unknown type \"\(message.type)\"", message.line)
      }
    }
  }

  private static func finish(
    _ message: ProgramMessage,
    _ answers: Answers
  ) throws(ProgramFault) {
    let claimed = try message.integer("answered")
    if let missing = answers.isAnswered.firstIndex(of: false) {
      throw .broken("never answered record \(missing + 1)", message.line)
    }
    if claimed != answers.count {
      throw .broken("counted \(claimed) answers instead of \(answers.count)", message.line)
    }
  }
}

extension ProgramMessage {
  /// Hands the record in it on.
  func publishing(
    _ body: (borrowing Span<UInt8>) throws(RecordProblem) -> Void
  ) throws(ProgramFault) {
    guard let record else { throw .broken("sent \"\(type)\" without a \"record\"", line) }
    do throws(RecordProblem) {
      try body(record.span)
    } catch {
      throw .record(error, line)
    }
  }
}
