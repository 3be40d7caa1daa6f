import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// The talk with a program that is a sink, and what it said that it holds.
struct SinkTalk {
  /// What ids of pages begin with: the way in which they are made.
  private static let scheme = "larder1:"

  let run: ProgramRun
  private var conversation: Conversation
  /// The id of each page that the sink holds, by its path.
  private(set) var entries: [[UInt8]: String] = [:]
  /// The bytes of the list of records, if the sink has them at hand.
  private var records: [UInt8] = []

  /// Starts the program and asks what it holds.
  static func begin(_ program: Program) async throws -> SinkTalk {
    let run = try ProgramRun(program)
    var talk = SinkTalk(run: run, conversation: Conversation(run))
    do throws(ProgramFault) {
      try await talk.takeInventory()
    } catch {
      throw await run.failure(error, "\(talk.entries.count.of("page")) listed")
    }
    return talk
  }

  static func id(of digest: PageDigest) -> String { scheme + digest.text }

  private mutating func takeInventory() async throws(ProgramFault) {
    _ = try await conversation.greet(run.context.mode.rawValue)
    await conversation.send("{\"type\":\"inventory\"}")
    while true {
      let message = try await conversation.next(awaiting: "\"entries\"")
      switch message.type {
      case "entry":
        let path = Array(try message.text("path").utf8)
        entries[path] = try message.text("id")
        if path.span.elementsEqual("larder/records.jsonl") { try readRecords(message) }
      case "entries":
        let count = try message.integer("count")
        if count == entries.count { return }
        let listed = entries.count.of("page")
        throw .broken("counted \(count) pages, and listed \(listed)", message.line)
      default: throw .broken("sent \"\(message.type)\" instead of \"entries\"", message.line)
      }
    }
  }

  private mutating func readRecords(_ message: ProgramMessage) throws(ProgramFault) {
    guard let path = message["file"]?.string else { return }
    do throws(IOFailure) {
      let file = try InputFile.open(path)
      records += try file.rest()
    } catch {
      throw .broken("names a file that cannot be read: \(error)", message.line)
    }
  }

  /// The pages as the framework compares them; an id of another kind is never equal.
  var inventory: Inventory {
    var inventory = Inventory()
    for (path, id) in entries {
      let isOurs = id.utf8.starts(with: Self.scheme.utf8)
      let digits = isOurs ? String(decoding: id.utf8.dropFirst(8), as: UTF8.self) : ""
      inventory.add(path, PageDigest(text: digits) ?? PageDigest([UInt8]().span))
    }
    inventory.records = records
    return inventory
  }

  /// Sends changes, and waits until the sink has them.
  mutating func stage(_ changes: [String]) async throws(ProgramFault) {
    // While it is told what to do, it may say so much that nobody reads that it hears no more.
    let sending = Task { [run] in
      for change in changes + ["{\"type\":\"end\",\"count\":\(changes.count)}"] {
        let line = Array("\(change)\n".utf8)
        guard await run.child.write(line.span) else { return }
      }
    }
    defer { sending.cancel() }
    let answer = try await conversation.next(awaiting: "\"staged\"")
    guard answer.isType("staged") else {
      throw .broken("sent \"\(answer.type)\" instead of \"staged\"", answer.line)
    }
  }

  /// Lets readers see the changes.
  mutating func commit(_ count: Int) async throws(ProgramFault) {
    await conversation.send("{\"type\":\"commit\"}")
    let answer = try await conversation.next(awaiting: "\"done\"")
    guard answer.isType("done") else {
      throw .broken("sent \"\(answer.type)\" instead of \"done\"", answer.line)
    }
    let claimed = try answer.integer("answered")
    if claimed != count {
      throw .broken("counted \(claimed) changes instead of \(count)", answer.line)
    }
    try await conversation.end()
  }

  /// Lets the sink forget what it was sent, and ends it.
  consuming func discard() async {
    await conversation.send("{\"type\":\"discard\"}")
    _ = await run.child.finish()
  }
}
