import IndexTransport
import Testing

/// How programs end, and that nothing is left of them.
@Suite struct ChildEndTests {
  private let soon = Duration.milliseconds(300)

  @Test func saysTheExitStatus() async throws {
    let child = try ChildProcess(.shell("exit 7"))
    #expect(try await child.read() == nil)
    let result = try await child.end()
    #expect(result.status == .exited(7))
    #expect(result.failure == .died(.exited(7)))
    #expect(result.failure?.description == "ended with exit status 7")
  }

  @Test func saysTheSignal() async throws {
    let child = try ChildProcess(.shell("printf half; kill -KILL $$"))
    #expect(try await child.readLines() == ["half..."])
    let result = try await child.end()
    #expect(result.failure == .died(.signalled(9)))
    #expect(result.status.description == "signal 9 (SIGKILL)")
    #expect(result.outputEnd == .midLine)
    #expect(!result.wasKilled)
  }

  @Test func hasOneResult() async throws {
    let child = try ChildProcess(.shell("exit 7"))
    async let first = child.finish()
    async let second = child.finish()
    #expect(await first.status == second.status)
    #expect(await child.stop().failure == .died(.exited(7)))
  }

  @Test func stopsAGroup() async throws {
    let child = try ChildProcess(.shell("sleep 1000 & echo ready; sleep 1000"))
    #expect(try await child.read()?.lineCount == 1)
    let result = await child.stop()
    #expect(result.failure == .stopped)
    #expect(result.status == .signalled(15))
    try await child.expectGone()
    await #expect(throws: ChildFailure.stopped) { try await child.read() }
  }

  @Test func letsAProgramEndItself() async throws {
    let child = try ChildProcess(
      .python(
        """
        import signal, sys, time
        def end(*_):
          print("bye", file=sys.stderr)
          sys.exit(5)
        signal.signal(signal.SIGTERM, end)
        print("ready", flush=True)
        while True: time.sleep(0.05)
        """
      ),
      limits: ChildLimits { $0.stop = .seconds(60) }
    )
    #expect(try await child.read()?.lineCount == 1)
    let result = await child.stop()
    #expect(result.failure == .stopped)
    #expect(result.status == .exited(5))
    #expect(result.errorLines.map(\.text) == ["bye"])
    try await child.expectGone()
  }

  @Test func killsWhatIgnoresTheOrder() async throws {
    let child = try ChildProcess(
      .shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"),
      limits: ChildLimits { $0.stop = soon }
    )
    #expect(try await child.read()?.lineCount == 1)
    let result = await child.stop()
    #expect(result.status == .signalled(9))
    #expect(result.wasKilled)
    try await child.expectGone()
  }

  @Test func killsMembersOfTheGroupThatIgnoreTheOrder() async throws {
    let child = try ChildProcess(
      .shell("(trap '' TERM; echo ready; exec sleep 1000) & wait"),
      limits: ChildLimits { $0.leftover = soon }
    )
    #expect(try await child.read()?.lineCount == 1)
    let result = await child.stop()
    #expect(result.failure == .stopped)
    #expect(result.status == .signalled(15))
    try await child.expectGone()
  }

  @Test func doesNotWaitForAGrandchildThatKeepsThePipes() async throws {
    let child = try ChildProcess(
      .shell("sleep 1000 & echo hi"),
      limits: ChildLimits { $0.leftover = soon }
    )
    #expect(try await child.readLines() == ["hi"])
    let result = try await child.end()
    #expect(result.status == .exited(0))
    #expect(result.failure == .leftProcesses)
    #expect(result.outputEnd == .line)
  }

  @Test func hearsAGrandchildOut() async throws {
    let child = try ChildProcess(
      .shell("(sleep 0.5; echo late) & echo early"),
      limits: ChildLimits { $0.leftover = .seconds(20) }
    )
    #expect(try await child.readLines() == ["early", "late"])
    #expect(try await child.end().failure == nil)
  }

  @Test func hearsAGrandchildOutWhenItHasToWait() async throws {
    let child = try ChildProcess(
      .shell("(yes $(head -c 400 /dev/zero | tr '\\0' x) | head -n 10000) & echo early"),
      limits: ChildLimits { $0.leftover = .seconds(5) }
    )
    var lineCount = try #require(try await child.read()).lineCount
    try await Task.sleep(for: .seconds(6))
    while let block = try await child.read() { lineCount += block.lineCount }
    #expect(lineCount == 10_001)
    #expect(try await child.end().failure == nil)
  }

  @Test func leavesNothingInTheBackground() async throws {
    let child = try ChildProcess(.shell("sleep 1000 < /dev/null > /dev/null 2>&1 & echo hi"))
    #expect(try await child.readLines() == ["hi"])
    #expect(try await child.end().failure == nil)
  }

  @Test func doesNotWaitForAServiceThatKeepsThePipes() async throws {
    let child = try ChildProcess(
      .python(
        """
        import os, time
        ready, started = os.pipe()
        if os.fork() == 0:
          os.setsid()
          print("hi", flush=True)
          os.write(started, b"x")
          time.sleep(5)
          os._exit(0)
        os.read(ready, 1)
        """
      ),
      limits: ChildLimits { $0.leftover = soon }
    )
    #expect(try await child.readLines() == ["hi"])
    let result = try await child.end()
    #expect(result.failure == .leftProcesses)
    #expect(result.outputEnd == .never)
  }

  @Test func stopsWhenItsReaderIsCancelled() async throws {
    let child = try ChildProcess(ChildCommand(["sleep", "1000"]))
    let reader = Task { () throws(ChildFailure) in try await child.read() }
    reader.cancel()
    await #expect(throws: ChildFailure.stopped) { try await reader.value }
    #expect(try await child.end().failure == .stopped)
  }

  @Test func stopsWhenItsWriterIsCancelled() async throws {
    let child = try ChildProcess(ChildCommand(["sleep", "1000"]))
    let writer = Task {
      let much = [UInt8](repeating: 0, count: 4 << 20)
      while await child.write(much.span) {}
    }
    try await Task.sleep(for: .milliseconds(50))
    writer.cancel()
    await writer.value
    #expect(try await child.end().failure == .stopped)
  }

  @Test func isWaitedForWhenItsFinishIsCancelled() async throws {
    let child = try ChildProcess(
      .shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"),
      limits: ChildLimits { $0.stop = soon }
    )
    #expect(try await child.read()?.lineCount == 1)
    let task = Task { await child.finish() }
    task.cancel()
    let result = await task.value
    #expect(result.failure == .stopped)
    #expect(result.status == .signalled(9))
    try await child.expectGone()
  }

  @Test func stopsWhenNobodyHoldsIt() async throws {
    let session = try ChildProcess(ChildCommand(["sleep", "1000"])).id
    try await ChildProcess.expectGone(session)
  }

  @Test func doesNotWaitForReadersOnceItIsStopped() async throws {
    let child = try ChildProcess(ChildCommand(["yes"]))
    _ = try #require(try await child.read())
    let result = await child.stop()
    #expect(result.failure == .stopped)
    #expect(result.unreadCount > 0)
    try await child.expectGone()
  }
}
