import IndexTransport
import Testing

/// What a program says on its standard error.
@Suite struct ChildErrorTests {
  @Test func keepsTheLastLines() async throws {
    let listener = Listener()
    let child = try ChildProcess(
      .shell("for i in $(seq 1 25); do echo \"line $i\" >&2; done; printf end >&2; exit 3"),
      observer: listener
    )
    #expect(try await child.readLines() == [])
    let result = try await child.end()
    #expect(result.failure == .died(.exited(3)))
    #expect(result.errorLines.map(\.text) == (7...25).map { "line \($0)" } + ["end"])
    #expect(listener.count == 26)
    #expect(listener.last?.text == "end")
  }

  @Test func isNeverStoppedByAFlood() async throws {
    let listener = Listener()
    let child = try ChildProcess(
      .python(
        """
        import sys
        for i in range(100): sys.stderr.write(("x" * 79 + chr(10)) * 2500)
        print(sys.stdin.readline(), end="")
        """
      ),
      observer: listener
    )
    #expect(await child.write("hello\n"))
    #expect(try await child.readLines() == ["hello"])
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(listener.count == 250_000)
    #expect(result.errorLines.count == 20)
    #expect(result.errorLines.allSatisfy { $0.bytes.count == 79 && $0.omittedCount == 0 })
  }

  @Test func cutsALongLine() async throws {
    let child = try ChildProcess(
      .shell("head -c 10000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo short >&2; echo done")
    )
    #expect(try await child.readLines() == ["done"])
    let result = try await child.end()
    #expect(result.failure == nil)
    #expect(result.errorLines.map(\.bytes.count) == [ErrorLine.limit, 5])
    #expect(result.errorLines.map(\.omittedCount) == [10_000_000 - ErrorLine.limit, 0])
  }

  @Test func takesAnyBytes() async throws {
    let child = try ChildProcess(.shell("printf '\\n\\377a\\000b\\n' >&2"))
    #expect(try await child.readLines() == [])
    let lines = try await child.end().errorLines
    #expect(lines.map(\.bytes) == [[], [0xFF, 0x61, 0x00, 0x62]])
    #expect(lines.last?.text == "\u{FFFD}a\0b")
  }
}
