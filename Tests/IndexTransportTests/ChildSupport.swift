import IndexTransport
import Synchronization
import Testing

extension ChildCommand {
  /// A script of the shell.
  static func shell(_ script: String) -> ChildCommand { ChildCommand(["sh", "-c", script]) }

  /// A script of Python.
  static func python(_ script: String) -> ChildCommand { ChildCommand(["python3", "-c", script]) }
}

extension ChildProcess {
  /// Reads to the end, and returns the lines; one without a newline ends with `...`.
  func readLines() async throws(ChildFailure) -> [String] {
    var lines: [String] = []
    while var block = try await read() {
      while let line = block.next() {
        let text = String(decoding: block.bytes[line], as: UTF8.self)
        lines.append(block.isUnfinished ? text + "..." : text)
      }
    }
    return lines
  }

  /// Writes a text.
  func write(_ text: String) async -> Bool {
    let bytes = Array(text.utf8)
    return await write(bytes.span)
  }

  /// Finishes, and expects that nothing is left of the program.
  func end(_ location: SourceLocation = #_sourceLocation) async throws -> ChildResult {
    let result = await finish()
    try await expectGone(location)
    return result
  }

  /// Expects that the session of the program has no process any more, or soon.
  ///
  /// A process that was killed takes a moment, the more on a busy machine.
  func expectGone(_ location: SourceLocation = #_sourceLocation) async throws {
    try await Self.expectGone(id, location)
  }

  static func expectGone(
    _ session: Int32,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    var left = try processes(in: session)
    for _ in 0..<1000 {
      if left.isEmpty { return }
      try await Task.sleep(for: .milliseconds(10))
      left = try processes(in: session)
    }
    #expect(left == [], sourceLocation: location)
  }

  /// What the kernel says of the processes in a session, those left out that only wait to be noted.
  private static func processes(in session: Int32) throws -> [String] {
    var found: [String] = []
    var listing = try Directory.open([UInt8](path: "/proc").span).list()
    while let entry = listing.next() {
      let name = listing.bytes[entry.name].dropLast()
      guard let first = name.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first),
        let file = try? InputFile.open("/proc/\(String(decoding: name, as: UTF8.self))/stat")
      else { continue }
      var bytes: [UInt8] = []
      while ((try? file.read(into: &bytes, upTo: 4096)) ?? 0) > 0 {}
      let text = String(decoding: bytes, as: UTF8.self)
      // The name in parentheses may hold spaces; then come the state, the parent, the group.
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      if fields.count > 4, fields[4] == "\(session)", fields[1] != "Z" { found.append(text) }
    }
    return found
  }
}

/// Remembers what a program says.
final class Listener: ChildObserver {
  private let heard = Mutex((count: 0, last: ErrorLine?.none))

  var count: Int { heard.withLock { $0.count } }
  var last: ErrorLine? { heard.withLock { $0.last } }

  func childWrote(_ line: ErrorLine) {
    heard.withLock { $0 = ($0.count + 1, line) }
  }
}

extension ChildLimits {
  /// Limits with a few changes.
  init(_ change: (inout ChildLimits) -> Void) {
    self.init()
    change(&self)
  }
}
