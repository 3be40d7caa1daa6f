import IndexPipeline
import IndexTransport
import StrictJSON

/// The talk with a program that speaks `v1`.
struct Conversation {
  let run: ProgramRun
  private var block: LineBlock?
  private var number = 0

  init(_ run: ProgramRun) { self.run = run }

  /// The next line, or nil at the end.
  private mutating func nextLine() async throws(ProgramFault) -> ProgramFault.Line? {
    while true {
      if let range = block?.next(), let bytes = block?.bytes[range] {
        number += 1
        let line = ProgramFault.Line(number: number, bytes: Array(bytes))
        if block?.isUnfinished == true { throw .unfinished(line) }
        return line
      }
      do throws(ChildFailure) {
        block = try await run.child.read()
      } catch {
        throw .child(error)
      }
      if block == nil { return nil }
    }
  }

  /// The next message that means something to the stage; logs and progress are passed on.
  ///
  /// - Parameter awaited: What the program still has to say.
  mutating func next(awaiting awaited: String) async throws(ProgramFault) -> ProgramMessage {
    while true {
      guard let line = try await nextLine() else {
        throw .ended("ended its output without \(awaited)")
      }
      let message = try ProgramMessage(line)
      switch message.type {
      case "log":
        let level = message["level"]?.string ?? "info"
        run.context.log("\(level): \(try message.text("message"))")
      case "progress":
        let total = message["total"]?.integer ?? 0
        run.context.advance(try message.integer("done"), of: total)
      case "state":
        if let state = message["state"] {
          run.program.memory.keep(state: Array(line.bytes[state.range]))
        }
      case "error": throw .said(try message.failure())
      default: return message
      }
    }
  }

  /// Closes the input after the last message, and waits for the end.
  mutating func end() async throws(ProgramFault) {
    if let range = block?.next(), let bytes = block?.bytes[range] {
      let line = ProgramFault.Line(number: number + 1, bytes: Array(bytes))
      throw .broken("wrote a line after its last message", line)
    }
    try await run.finish()
  }

  /// Sends a message.
  ///
  /// A program that reads no more is met again where its answer is missing.
  func send(_ message: String) async {
    let line = Array("\(message)\n".utf8)
    _ = await run.child.write(line.span)
  }
}

extension Conversation {
  /// Sends `init` and waits for `ready`.
  ///
  /// - Parameters:
  ///   - mode: What the talk is for.
  ///   - more: Further members, each with a comma before it.
  mutating func greet(
    _ mode: String,
    more: String = ""
  ) async throws(ProgramFault) -> ProgramMessage {
    await send(introduction(mode, more))
    let ready = try await next(awaiting: "\"ready\"")
    guard ready.isType("ready") else {
      throw .broken("began with \"\(ready.type)\", not with \"ready\"", ready.line)
    }
    let version = try ready.integer("protocol")
    guard version == 1 else {
      throw .broken(
        "speaks protocol \(version)",
        ready.line,
        note: "this Larder speaks protocol 1"
      )
    }
    return ready
  }

  private func introduction(_ mode: String, _ more: String) -> String {
    let cache = ProgramCache(run.program, run.context)
    let members = [
      "\"type\":\"init\"",
      "\"protocol\":1",
      "\"host\":\"larder \(Release.version)\"",
      "\"mode\":\"\(mode)\"",
      "\"kind\":\"\(run.program.kind)\"",
      "\"id\":\(run.context.id.asJSON)",
      "\"options\":\(run.program.options)",
      "\"config_dir\":\(cache.pipelineFolder.asJSON)",
      "\"cache_dir\":\(cache.folder?.asJSON ?? "null")",
      "\"state\":\(cache.state() ?? "null")",
      "\"limits\":{\"line_bytes\":\(run.program.limits.lineBytes)}",
    ]
    return "{\(members.joined(separator: ","))\(more)}"
  }
}
