import IndexTransport
import Testing

/// What can be started, where, and with which variables.
@Suite struct ChildStartTests {
  private static let programs = #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined()

  private func reason(
    _ arguments: [String],
    in folder: String = "/",
    environment: ChildEnvironment = ChildEnvironment()
  ) -> StartFailure.Reason? {
    do {
      _ = try ChildProcess(ChildCommand(arguments, in: folder, environment: environment))
      return nil
    } catch {
      #expect("\(error)".contains(arguments.first ?? ""))
      return error.reason
    }
  }

  @Test func findsAName() async throws {
    let command = ChildCommand(["echo", "one", "t w o", ""])
    #expect(try command.findProgram().hasSuffix("/echo"))
    let child = try ChildProcess(command)
    #expect(try await child.readLines() == ["one t w o "])
    #expect(try await child.end().failure == nil)
  }

  @Test func startsARelativePathInItsFolder() async throws {
    let child = try ChildProcess(ChildCommand(["bin/sh", "-c", "pwd"], in: "/usr"))
    #expect(try await child.readLines() == ["/usr"])
    #expect(try await child.end().failure == nil)
  }

  @Test func keepsToTheFolder() async throws {
    let child = try ChildProcess(ChildCommand(["pwd"], in: "/proc"))
    #expect(try await child.readLines() == ["/proc"])
    #expect(try await child.end().failure == nil)
  }

  @Test func leadsASession() async throws {
    let child = try ChildProcess(.shell("cut -d ' ' -f 5,6 /proc/$$/stat"))
    #expect(try await child.readLines() == ["\(child.id) \(child.id)"])
    #expect(try await child.end().failure == nil)
  }

  @Test func saysWhatIsMissing() {
    #expect(reason(["larder-no-such-program"]) == .notFound)
    #expect(reason(["/no/such/program"]) == .notFound)
    #expect(reason(["./no-such-program"]) == .notFound)
    #expect(reason(["sh"], environment: ChildEnvironment(setting: ["PATH": "/proc"])) == .notFound)
    #expect(reason(["sh"], in: "/no/such/folder") == .folder(.missing))
  }

  @Test func saysWhatCannotBeExecuted() {
    #expect(reason(["/etc/passwd"]) == .notExecutable)
    #expect(reason(["etc/passwd"]) == .notExecutable)
    #expect(reason(["/etc"]) == .notExecutable)
    #expect(reason(["./no-interpreter"], in: "\(Self.programs)/Programs") == .noInterpreter)
    #expect(reason(["./no-program"], in: "\(Self.programs)/Programs") == .notProgram)
  }

  @Test func passesOverRelativeFoldersOfPath() {
    let environment = ChildEnvironment(setting: ["PATH": "bin::."])
    #expect(reason(["sh"], in: "/usr", environment: environment) == .notFound)
  }

  @Test func refusesWhatTheKernelWouldCutOff() {
    #expect(reason([]) == .invalid)
    #expect(reason([""]) == .invalid)
    #expect(reason(["echo", "a\0b"]) == .invalid)
    for pair in [("", "x"), ("A", "x\0y"), ("A\0B", "x"), ("A=B", "x")] {
      let environment = ChildEnvironment(setting: [pair.0: pair.1])
      #expect(reason(["echo"], environment: environment) == .invalid, "\(pair)")
    }
  }

  @Test func passesOnWhatIsNamedAndNothingElse() async throws {
    var bytes: [UInt8] = []
    let file = try InputFile.open("/proc/self/environ")
    while try file.read(into: &bytes, upTo: 1 << 16) > 0 {}
    let own = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let standard = ["PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR"]
    let other = try #require(
      own.map { String($0.prefix { $0 != "=" }) }
        .first { !standard.contains($0) && !$0.hasPrefix("LC_") && $0 != "LARDER_PROTOCOL" }
    )
    let expected = own.filter { variable in
      let name = String(variable.prefix { $0 != "=" })
      return standard.contains(name) || name.hasPrefix("LC_") || name == other
    }
    let child = try ChildProcess(
      ChildCommand(
        ["env", "-0"],
        environment: ChildEnvironment(
          passing: [other, "LARDER_NOT_SET"],
          setting: ["LARDER_PROTOCOL": "1", "HOME": "/else where"]
        )
      )
    )
    var output: [UInt8] = []
    while let block = try await child.read() { output += block.bytes }
    let seen = output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let wanted =
      expected.filter { !$0.hasPrefix("HOME=") } + ["HOME=/else where", "LARDER_PROTOCOL=1"]
    #expect(seen.sorted() == wanted.sorted())
    #expect(try await child.end().failure == nil)
  }

  @Test func leavesTheSignalsThatThisProcessIgnores() async throws {
    ProcessSettings.ignoreWriteSignals()
    let child = try ChildProcess(ChildCommand(["grep", "SigIgn", "/proc/self/status"]))
    let line = try #require(try await child.readLines().first)
    let ignored = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
    let (pipe, size) = (UInt64(1) << 12, UInt64(1) << 24)
    #expect(ignored & (pipe | size) == 0)
    #expect(try await child.end().failure == nil)
  }

  @Test func handsDownNoPipesOfOtherChildren() async throws {
    let first = try ChildProcess(ChildCommand(["cat"]))
    let second = try ChildProcess(ChildCommand(["sleep", "1000"]))
    first.closeInput()
    #expect(try await first.readLines() == [])
    #expect(try await first.end().failure == nil)
    await second.stop()
    try await second.expectGone()
  }
}
