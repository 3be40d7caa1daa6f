import IndexTransport
import Testing

/// How long a program may take.
///
/// Programs that shall be too slow sleep for ever, and those that shall not have limits that a busy
/// machine keeps.
@Suite struct ChildTimeTests {
  private let soon = Duration.milliseconds(300)

  /// Expects that a program is stopped for a reason.
  private func expect(
    _ expected: ChildFailure,
    of child: ChildProcess,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    await #expect(throws: expected, sourceLocation: location) {
      while try await child.read() != nil {}
    }
    let result = try await child.end(location)
    #expect(result.failure == expected, sourceLocation: location)
    #expect(result.status == .signalled(15), sourceLocation: location)
    #expect(!result.wasKilled, sourceLocation: location)
  }

  @Test func startsWithinALimit() async throws {
    let child = try ChildProcess(
      .shell("printf part; exec sleep 1000"),
      limits: ChildLimits { $0.startup = soon }
    )
    try await expect(.timedOut(.startup, after: soon), of: child)
  }

  @Test func needsNoLinesOnceItHasStarted() async throws {
    let child = try ChildProcess(
      .shell("echo started; sleep 3.5; echo done"),
      limits: ChildLimits { $0.startup = .seconds(3) }
    )
    #expect(try await child.readLines() == ["started", "done"])
    #expect(try await child.end().failure == nil)
  }

  @Test func isNotSilentForever() async throws {
    let limit = Duration.seconds(2)
    let child = try ChildProcess(
      .shell("echo one; exec sleep 1000"),
      limits: ChildLimits { $0.silence = limit }
    )
    #expect(try await child.read()?.bytes == Array("one\n".utf8))
    try await expect(.timedOut(.silence, after: limit), of: child)
  }

  @Test func readsWhatIsWritten() async throws {
    let child = try ChildProcess(
      ChildCommand(["sleep", "1000"]),
      limits: ChildLimits { $0.silence = soon }
    )
    let much = [UInt8](repeating: 0, count: 4 << 20)
    while await child.write(much.span) {}
    try await expect(.timedOut(.silence, after: soon), of: child)
  }

  @Test func isNotSilentWhileItLogs() async throws {
    let child = try ChildProcess(
      .shell("for i in 1 2 3 4 5 6 7 8; do sleep 0.5; echo $i >&2; done; echo done"),
      limits: ChildLimits { $0.silence = .seconds(3) }
    )
    #expect(try await child.readLines() == ["done"])
    #expect(try await child.end().failure == nil)
  }

  @Test func isNotSilentWhileNobodyListens() async throws {
    let child = try ChildProcess(
      .shell("yes $(head -c 400 /dev/zero | tr '\\0' x) | head -n 20000; echo done"),
      limits: ChildLimits { $0.silence = .seconds(3) }
    )
    var lineCount = try #require(try await child.read()).lineCount
    try await Task.sleep(for: .seconds(3.5))
    while let block = try await child.read() { lineCount += block.lineCount }
    #expect(lineCount == 20_001)
    #expect(try await child.end().failure == nil)
  }

  @Test func hasALimitForAll() async throws {
    let child = try ChildProcess(
      .shell("while echo busy; do sleep 0.05; done"),
      limits: ChildLimits { $0.overall = soon }
    )
    try await expect(.timedOut(.overall, after: soon), of: child)
  }

  @Test func endsWhenNothingIsLeftToDo() async throws {
    let child = try ChildProcess(
      .shell("echo done; exec sleep 1000"),
      limits: ChildLimits { $0.stop = .seconds(1) }
    )
    #expect(try await child.read()?.lineCount == 1)
    let result = try await child.end()
    #expect(result.failure == .timedOut(.stop, after: .seconds(1)))
    #expect(result.status == .signalled(15))
  }

  @Test func endsWhenItHasClosedItsOutput() async throws {
    let child = try ChildProcess(
      .shell("exec >&- 2>&-; exec sleep 1000"),
      limits: ChildLimits { $0.stop = soon }
    )
    child.closeInput()
    #expect(try await child.read() == nil)
    #expect(try await child.end().failure == .timedOut(.stop, after: soon))
  }

  @Test func mayWorkOnWithItsOutputClosedUntilItsInputIs() async throws {
    let child = try ChildProcess(
      .shell("exec >&-; wc -c >&2"),
      limits: ChildLimits { $0.stop = .seconds(3) }
    )
    #expect(try await child.read() == nil)
    try await Task.sleep(for: .seconds(3.5))
    #expect(await child.write("12345"))
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.errorLines.map(\.text) == ["5"])
  }

  @Test func hasAllItsTimeToStopAlsoAfterALongRest() async throws {
    let child = try ChildProcess(
      .shell("trap 'sleep 0.3; exit 7' TERM; echo up; while :; do sleep 0.1; done"),
      limits: ChildLimits { $0.stop = .seconds(2) }
    )
    _ = try await child.read()
    try await Task.sleep(for: .seconds(3))
    let result = await child.stop()
    #expect(!result.wasKilled)
    #expect(result.status == .exited(7))
  }
}
