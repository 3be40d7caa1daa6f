@testable import IndexStages
import IndexPipeline
import IndexTransport
import Testing

@Suite struct OutputLocationTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func publish(_ path: String) async throws {
    try await FilesystemSink(path: path, durable: false).publish([("index.html", "x")])
  }

  @Test(arguments: ["out/", "out//", "./out", "a/../out", "out/.", "out/b/.."])
  func findsTheFolderThatAPathMeans(path: String) async throws {
    try scratch.makeFolder("a")
    try scratch.makeFolder("out/b")
    try await publish("\(scratch.path)/\(path)")
    #expect(try scratch.read("out/index.html") == "x")
    #expect(try scratch.names() == [".out.larder-lock", ".out.larder-previous", "a", "out"])
  }

  @Test(arguments: [true, false])
  func followsALinkAtTheEnd(isTargetThere: Bool) async throws {
    if isTargetThere { try scratch.makeFolder("real/index") }
    try scratch.makeLink("second", to: "real/index")
    try scratch.makeLink("out", to: "\(scratch.path)/second")
    try await publish("\(scratch.path)/out")
    #expect(try scratch.read("real/index/index.html") == "x")
    #expect(try scratch.status("out")?.kind == .link)
    #expect(try scratch.names() == ["out", "real", "second"])
  }

  @Test func refusesALoopOfLinks() async throws {
    try scratch.makeLink("out", to: "other")
    try scratch.makeLink("other", to: "out")
    await #expect(throws: StageFailure.self) { try await publish("\(scratch.path)/out") }
  }

  @Test(arguments: ["", "/", "//", "/.", "/tmp/..", "a\0b"])
  func refusesWhatIsNoOutputFolder(path: String) async throws {
    let failure = await #expect(throws: StageFailure.self) { try await publish(path) }
    #expect(failure?.code == "bad-output-folder")
    #expect(failure?.kind == .config)
  }

  @Test func refusesAFile() async throws {
    try scratch.write("out", "file")
    let failure = await #expect(throws: StageFailure.self) {
      try await publish("\(scratch.path)/out")
    }
    #expect(failure?.code == "not-a-folder")
    #expect(failure?.message.contains("\(scratch.path)/out") == true)
    #expect(try scratch.read("out") == "file")
    #expect(try scratch.names() == [".out.larder-lock", "out"])
  }

  @Test func saysWhereItCannotWrite() async throws {
    try scratch.write("file", "x")
    let failure = await #expect(throws: StageFailure.self) {
      try await publish("\(scratch.path)/file/out")
    }
    #expect(failure?.message.contains("\(scratch.path)/file/out") == true)
    #expect(failure?.message.contains("ENOTDIR") == true)
    // A folder that the kernel lets nobody write.
    let readOnly = await #expect(throws: StageFailure.self) { try await publish("/proc/self/out") }
    #expect(readOnly?.kind == .publish)
  }

  @Test(arguments: ["/proc", "/dev/shm"])
  func neverReplacesAMountPointAsAWhole(path: String) async throws {
    #expect(FilesystemSink(path: path).sendsChangesOnly)
    let sink = FilesystemSink(path: path, mode: .generation)
    let failure = await #expect(throws: StageFailure.self) { try await sink.begin(Publication()) }
    #expect(failure?.code == "cannot-switch")
  }

  @Test func letsOnlyOnePublishAtATime() async throws {
    let sink = FilesystemSink(path: "\(scratch.path)/out", durable: false)
    let first = try await sink.begin(Publication())
    let failure = await #expect(throws: StageFailure.self) {
      _ = try await sink.begin(Publication())
    }
    #expect(failure?.code == "locked")
    #expect(failure?.message.contains("\(scratch.path)/out") == true)
    _ = try await first.commit()
  }

  @Test func letsTheNextOnePublishAfterTheEnd() async throws {
    let path = "\(scratch.path)/out"
    for _ in 0..<3 { try await publish(path) }
    #expect(try scratch.read("out/index.html") == "x")
  }

  @Test func shortensTheNamesBesideALongName() async throws {
    let long = String(repeating: "n", count: 255)
    let similar = String(repeating: "n", count: 254) + "m"
    for name in [long, similar] {
      try await publish("\(scratch.path)/\(name)")
      try await publish("\(scratch.path)/\(name)")
    }
    let names = try scratch.names()
    #expect(names.count == 6)
    #expect(names.filter { $0.hasSuffix(".larder-previous") }.count == 2)
    #expect(names.allSatisfy { $0.utf8.count <= 255 })
  }

  @Test func switchesBackWhenTheSwitchFails() async throws {
    let sink = FilesystemSink(path: "\(scratch.path)/out", durable: false)
    for generation in ["1", "2"] { try await sink.publish([("index.html", generation)]) }
    let session = try await sink.begin(Publication())
    try scratch.directory.rename([UInt8](path: "out").span, to: [UInt8](path: "elsewhere").span)
    await #expect(throws: StageFailure.self) { _ = try await session.commit() }
    #expect(try scratch.read(".out.larder-previous/index.html") == "1")
    #expect(try scratch.read("elsewhere/index.html") == "2")
  }
}
