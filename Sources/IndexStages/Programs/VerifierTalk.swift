import IndexPipeline
import IndexTransport
import StrictJSON

/// The talks by which a program is checked.
struct VerifierTalk {
  /// Records that differ in what programs look at.
  private static let records = [
    #"{"filename":"acme_core-1.0-py3-none-any.whl","license":"MIT","size":812,"#
      + #""project":"acme-core","version":"1.0","source":"a"}"#,
    #"{"filename":"acme_core-2.0.tar.gz","yanked":"loses data","requires_python":">=3.9","#
      + #""project":"acme-core","version":"2.0","source":"a"}"#,
    #"{"filename":"Other.Thing-3rc1.zip","summary":"\"Ä\" \\ <b>","project":"other-thing","#
      + #""version":"3rc1","source":"b"}"#,
  ]

  let command: [String]
  let options: String
  let kind: StageKind

  private func start() throws(StageFailure) -> ProgramRun {
    try ProgramRun(Program(kind, command, options: options, limits: ProgramVerifier.limits))
  }

  /// A finding that no single message is to blame for.
  func difference(_ text: String) -> StageFailure {
    StageFailure(.data, code: "plugin-protocol", text)
  }

  private func talk<Result>(
    _ name: String,
    _ body: (inout Conversation) async throws(ProgramFault) -> Result
  ) async throws -> Result {
    let run = try start()
    var conversation = Conversation(run)
    do throws(ProgramFault) {
      return try await body(&conversation)
    } catch {
      throw await run.failure(error, name)
    }
  }

  /// What the program answers to the records, in their order; of a sink, what it holds.
  func answers(withUnknownFields: Bool = false) async throws -> [String] {
    let more = withUnknownFields ? #","x_unknown":[1,{"a":null}]"# : ""
    let kind = kind
    return try await talk("in a run") { conversation throws(ProgramFault) in
      _ = try await conversation.greet("run", more: more)
      switch kind {
      case .sink: return try await Self.inventory(&conversation, more)
      case .source: return try await Self.exchange([], &conversation, more)
      case .transform, .hook: return try await Self.exchange(Self.records, &conversation, more)
      }
    }
  }

  func checkEmpty() async throws {
    let kind = kind
    try await talk("in a run without input") { conversation throws(ProgramFault) in
      _ = try await conversation.greet("run")
      if kind == .sink {
        _ = try await Self.inventory(&conversation, "")
      } else {
        _ = try await Self.exchange([], &conversation, "")
      }
    }
  }

  /// Ends the input before anything is said.
  func checkEarlyEnd() async throws {
    let run = try start()
    var conversation = Conversation(run)
    do throws(ProgramFault) {
      _ = try await conversation.greet("run")
    } catch {
      throw await run.failure(error, "when its input ends")
    }
    let result = await run.child.finish()
    if case .timedOut = result.failure {
      throw await run.failure(.child(.timedOut(.stop, after: ProgramVerifier.limits.stop)), "")
    }
  }

  func checkStop() async throws {
    let run = try start()
    var conversation = Conversation(run)
    do throws(ProgramFault) {
      _ = try await conversation.greet("run")
    } catch {
      throw await run.failure(error, "before SIGTERM")
    }
    let result = await run.child.stop()
    if result.wasKilled { throw difference("ignored SIGTERM, and had to be killed") }
  }

  private static func inventory(
    _ conversation: inout Conversation,
    _ more: String
  ) async throws(ProgramFault) -> [String] {
    await conversation.send("{\"type\":\"inventory\"\(more)}")
    var entries: [String] = []
    while true {
      let message = try await conversation.next(awaiting: "\"entries\"")
      if message.isType("entry") {
        entries.append("\(try message.text("path")) \(try message.text("id"))")
      } else if message.isType("entries"), try message.integer("count") == entries.count {
        await conversation.send("{\"type\":\"discard\"\(more)}")
        _ = await conversation.run.child.finish()
        return entries.sorted()
      } else {
        throw .broken("sent \"\(message.type)\" or a wrong count", message.line)
      }
    }
  }

  private static func exchange(
    _ records: [String],
    _ conversation: inout Conversation,
    _ more: String
  ) async throws(ProgramFault) -> [String] {
    for (index, record) in records.enumerated() {
      let head = "{\"type\":\"record\",\"seq\":\(index + 1)\(more)"
      await conversation.send("\(head),\"record\":\(record)}")
    }
    await conversation.send("{\"type\":\"end\",\"count\":\(records.count)\(more)}")
    let isSource = conversation.run.program.kind == .source
    var answers = [String?](repeating: nil, count: records.count)
    var added: [String] = []
    while true {
      let message = try await conversation.next(awaiting: "\"done\"")
      let text = String(decoding: message.record ?? [], as: UTF8.self)
      switch message.type {
      case "keep", "drop":
        let seq = try message.integer("seq")
        guard answers.indices.contains(seq - 1), answers[seq - 1] == nil else {
          throw .broken("answered record \(seq), which does not exist or is answered", message.line)
        }
        let reason = message.isType("drop") ? try message.text("reason") : text
        answers[seq - 1] = "\(message.type) \(seq) \(reason)"
      case "record": added.append("record \(text)")
      case "done":
        if let missing = answers.firstIndex(of: nil) {
          throw .broken("never answered record \(missing + 1)", message.line)
        }
        let expected = isSource ? added.count : records.count
        if try message.integer("answered") != expected {
          throw .broken("counted otherwise than \(expected)", message.line)
        }
        try await conversation.end()
        return answers.compactMap(\.self) + added
      default: throw .broken("sent a message of unknown type \"\(message.type)\"", message.line)
      }
    }
  }
}
