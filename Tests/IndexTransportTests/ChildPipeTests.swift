import IndexTransport
import Testing

/// What goes in and comes out.
@Suite struct ChildPipeTests {
  /// Lines of about the size of records, numbered.
  private func records(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 1...count {
      bytes += "{\"filename\":\"\(number)\",\"filler\":\"".utf8
      bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 430 + number % 7)
      bytes += "\"}\n".utf8
    }
    return bytes
  }

  @Test func givesBackWhatCatGets() async throws {
    let child = try ChildProcess(ChildCommand(["cat"]))
    let sent = records(10_000)
    async let isWritten = {
      var position = 0
      // Pieces that end anywhere.
      while position < sent.count {
        let end = min(position + 100_003, sent.count)
        guard await child.write(sent.span.extracting(position..<end)) else { return false }
        position = end
      }
      child.closeInput()
      return true
    }()
    var received: [UInt8] = []
    var lineCount = 0
    while var block = try await child.read() {
      #expect(block.firstLine == lineCount + 1)
      #expect(block.bytes.last == UInt8(ascii: "\n") && !block.isUnfinished)
      var (lines, wrong) = (0, 0)
      while let line = block.next() {
        lines += 1
        if block.bytes[line.lowerBound] != UInt8(ascii: "{") { wrong += 1 }
        if block.bytes[line.upperBound - 1] != UInt8(ascii: "}") { wrong += 1 }
      }
      #expect(lines == block.lineCount && wrong == 0)
      lineCount += lines
      received += block.bytes
    }
    #expect(await isWritten)
    #expect(lineCount == 10_000)
    #expect(received == sent)
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.status == .exited(0))
    #expect(result.outputEnd == .line)
    #expect(result.unreadCount == 0 && result.unwrittenCount == 0)
  }

  @Test func answersLineByLine() async throws {
    let child = try ChildProcess(ChildCommand(["cat"]))
    for number in 1...100 {
      #expect(await child.write("\(number)\n"))
      var block = try #require(try await child.read())
      #expect(block.bytes == Array("\(number)\n".utf8))
      #expect(block.firstLine == number && block.lineCount == 1)
      let line = block.next()
      #expect(line == 0..<block.bytes.count - 1)
      let end = block.next()
      #expect(end == nil)
    }
    child.closeInput()
    #expect(try await child.read() == nil)
    #expect(try await child.end().failure == nil)
  }

  @Test func waitsForAProgramThatReadsAllBeforeItAnswers() async throws {
    let child = try ChildProcess(
      .python("import sys; all = sys.stdin.buffer.read(); sys.stdout.buffer.write(all)")
    )
    let sent = records(5000)
    async let isWritten = {
      defer { child.closeInput() }
      return await child.write(sent.span)
    }()
    var received: [UInt8] = []
    while let block = try await child.read() { received += block.bytes }
    #expect(await isWritten)
    #expect(received == sent)
    #expect(try await child.end().failure == nil)
  }

  @Test func tellsALastLineWithoutNewlineApart() async throws {
    let child = try ChildProcess(.shell("printf 'one\\n\\ntwo'"))
    #expect(try await child.readLines() == ["one", "", "two..."])
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.outputEnd == .midLine)
  }

  @Test func endsAnEmptyOutputAtALineEnd() async throws {
    let child = try ChildProcess(ChildCommand(["true"]))
    #expect(try await child.readLines() == [])
    #expect(try await child.read() == nil)
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.outputEnd == .line)
  }

  @Test func takesALineAtTheLimit() async throws {
    let limits = ChildLimits { $0.lineBytes = 1000 }
    let script = "printf 'ok\\n'; head -c 1000 /dev/zero | tr '\\0' x; echo; printf end"
    let child = try ChildProcess(.shell(script), limits: limits)
    #expect(try await child.readLines().map(\.utf8.count) == [2, 1000, 6])
    #expect(try await child.end().failure == nil)
  }

  @Test(arguments: ["; echo", "; sleep 1000"])
  func refusesALineAboveTheLimit(end: String) async throws {
    let limits = ChildLimits { $0.lineBytes = 1000 }
    let script = "printf 'ok\\nok\\n'; head -c 1001 /dev/zero | tr '\\0' x \(end)"
    let child = try ChildProcess(.shell(script), limits: limits)
    let expected = ChildFailure.lineTooLong(line: 3, limit: 1000)
    await #expect(throws: expected) { while try await child.read() != nil {} }
    await #expect(throws: expected) { try await child.read() }
    #expect("\(expected)".contains("1000"))
    #expect(try await child.end().failure == expected)
  }

  @Test func hasALimitUnlessOneIsGiven() async throws {
    let child = try ChildProcess(.shell("head -c 9000000 /dev/zero | tr '\\0' x"))
    let expected = ChildFailure.lineTooLong(line: 1, limit: 8_388_608)
    await #expect(throws: expected) { try await child.read() }
    #expect(try await child.end().failure == expected)
  }

  @Test func learnsThatAProgramEndedEarly() async throws {
    let child = try ChildProcess(ChildCommand(["head", "-n", "3"]))
    let sent = records(10_000)
    while await child.write(sent.span) {}
    #expect(await !child.write("more\n"))
    #expect(try await child.readLines().count == 3)
    let result = try await child.end()
    #expect(result.status == .exited(0))
    #expect(result.unwrittenCount > 0)
    #expect(result.failure == .brokenPipe(unwritten: result.unwrittenCount))
  }

  @Test func survivesABrokenPipeWithoutPreparation() async {
    await #expect(processExitsWith: .success) {
      for _ in 0..<50 {
        let child = try ChildProcess(ChildCommand(["true"]))
        let line = Array("{}\n".utf8)
        while await child.write(line.span) {}
        _ = await child.finish()
      }
    }
  }

  @Test func learnsThatAProgramClosedItsInput() async throws {
    let child = try ChildProcess(.shell("exec <&-; echo closed; sleep 1; echo done"))
    let sent = records(1000)
    while await child.write(sent.span) {}
    #expect(try await child.readLines() == ["closed", "done"])
    let result = try await child.end()
    #expect(result.failure == .brokenPipe(unwritten: result.unwrittenCount))
  }

  @Test func writesNothingAfterTheInputIsClosed() async throws {
    let child = try ChildProcess(ChildCommand(["cat"]))
    #expect(await child.write("one\n"))
    child.closeInput()
    #expect(await !child.write("two\n"))
    #expect(try await child.readLines() == ["one"])
    #expect(try await child.end().unwrittenCount == 4)
  }

  @Test func countsWhatNobodyReads() async throws {
    let child = try ChildProcess(.shell("echo one; cat; printf 'two\\nend'"))
    let block = try #require(try await child.read())
    #expect(block.bytes == Array("one\n".utf8))
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.unreadCount == 7)
    #expect(result.outputEnd == .midLine)
    #expect(try await child.read() == nil)
  }

  @Test func countsABlockThatWasReadAhead() async throws {
    let child = try ChildProcess(.shell("echo one; sleep 0.2; echo two"))
    _ = try #require(try await child.read())
    while try !isOver(child) { try await Task.sleep(for: .milliseconds(10)) }
    #expect(try await child.end().unreadCount == 4)
  }

  private func isOver(_ child: ChildProcess) throws -> Bool {
    let path = [UInt8](path: "\(child.id)")
    return try Directory.open([UInt8](path: "/proc").span).status(of: path.span) == nil
  }
}
