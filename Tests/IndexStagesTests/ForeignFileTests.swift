@testable import IndexStages
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Testing

/// What others keep in the output folder is never lost.
@Suite struct ForeignFileTests {
  let scratch: ScratchFolder
  let sink: FilesystemSink

  init() throws {
    scratch = try ScratchFolder()
    sink = FilesystemSink(path: "\(scratch.path)/out", durable: false)
  }

  @Test func keepsFilesFoldersAndLinks() async throws {
    try await sink.publish([("index.html", "1"), ("simple/foo/index.html", "1")])
    try scratch.write("out/robots.txt", "robots")
    try scratch.write("out/simple/foo/foo-1.whl", "wheel")
    try scratch.write("out/pool/a/b/deep.whl", "deep")
    try scratch.makeFolder("out/uploads/empty")
    try scratch.makeLink("out/latest", to: "simple/foo")
    try scratch.makeLink("out/pool/broken", to: "nowhere")
    let others = [
      "index.html", "latest -> simple/foo", "pool/", "pool/a/", "pool/a/b/", "pool/a/b/deep.whl",
      "pool/broken -> nowhere", "robots.txt",
    ]
    for _ in 0..<3 { #expect(try await sink.publish([("index.html", "2")]).isEmpty) }
    #expect(
      try scratch.tree("out") == others + [
        "simple/", "simple/foo/", "simple/foo/foo-1.whl", "uploads/", "uploads/empty/",
      ]
    )
    #expect(try scratch.read("out/simple/foo/foo-1.whl") == "wheel")
    #expect(try scratch.read("out/pool/a/b/deep.whl") == "deep")
  }

  @Test func dropsTheFoldersOfProjectsThatAreGone() async throws {
    try await sink.publish([("simple/gone/index.html", ""), ("pypi/gone/1/json", "")])
    try await sink.publish([("index.html", "")])
    #expect(try scratch.tree("out") == ["index.html"])
  }

  @Test func linksFilesInsteadOfCopyingThem() async throws {
    try scratch.write("out/pool/big.whl", "wheel")
    let before = try #require(try scratch.status("out/pool/big.whl"))
    try await sink.publish([("index.html", "")])
    let after = try #require(try scratch.status("out/pool/big.whl"))
    #expect(before.isSameFile(as: after))
  }

  @Test func keepsPermissionsAndTimeOfFolders() async throws {
    try scratch.makeFolder("out/pool", mode: 0o750)
    try scratch.makeFolder("out/pool/inner", mode: 0o700)
    try scratch.write("out/pool/inner/a.whl", "a")
    let time = FileTime(seconds: 1_000_000_000, nanoseconds: 5)
    for path in ["out/pool/inner", "out/pool"] {
      let bytes = [UInt8](path: path)
      let folder = try scratch.directory.descend(bytes.span)
      try folder.setModified(time)
    }
    try await sink.publish([("index.html", "")])
    let (outer, inner) = try (scratch.status("out/pool"), scratch.status("out/pool/inner"))
    #expect(outer?.permissions == 0o750)
    #expect(inner?.permissions == 0o700)
    #expect(outer?.modified == time)
    #expect(inner?.modified == time)
  }

  @Test func keepsNamesThatAreNotUTF8() async throws {
    try scratch.makeFolder("out")
    let name: [UInt8] = Array("out/caf".utf8) + [0xE9, 0]
    try scratch.directory.write(name.span, Array("x".utf8).span)
    try await sink.publish([("index.html", "")])
    #expect(try scratch.directory.status(of: name.span)?.kind == .file)
  }

  @Test func copiesWhatCannotBeLinked() throws {
    // Two filesystems, so that a hard link is impossible.
    let memory = try ScratchFolder(in: "/dev/shm")
    let other = try [ScratchFolder(in: "/tmp"), ScratchFolder(in: "/var/tmp")].first {
      try $0.directory.status().device != memory.directory.status().device
    }
    let disk = try #require(other, "this test needs two filesystems")
    let time = FileTime(seconds: 1_234_567_890)
    let content = String(repeating: "wheel", count: 200_000)
    try memory.write("old/pool/a.whl", content, modified: time)
    try memory.makeLink("old/pool/link", to: "a.whl")
    try disk.makeFolder("new")
    let (oldName, newName) = ([UInt8](path: "old"), [UInt8](path: "new"))
    let work = CarryOver(
      moment: .beforeSwitch,
      source: try memory.directory.folder(oldName.span),
      target: try disk.directory.folder(newName.span)
    )
    try work.finish(work.carry(Survey(of: work.source, .removed, .whole)))
    #expect(try disk.tree("new") == ["pool/", "pool/a.whl", "pool/link -> a.whl"])
    #expect(try disk.read("new/pool/a.whl") == content)
    #expect(try disk.status("new/pool/a.whl")?.modified == time)
  }

  @Test func catchesFilesThatAppearAfterTheFirstPass() throws {
    try scratch.write("old/pool/a.whl", "a")
    try scratch.write("old/simple/foo/index.html", "page")
    try scratch.makeFolder("new")
    try carry(.beforeSwitch)
    try scratch.write("old/pool/b.whl", "b")
    try scratch.write("old/pool/a.whl", "replaced", modified: FileTime(seconds: 4_000_000_000))
    try scratch.write("old/fresh/c.whl", "c")
    try carry(.afterSwitch)
    #expect(
      try scratch.tree("new") == ["fresh/", "fresh/c.whl", "pool/", "pool/a.whl", "pool/b.whl"]
    )
    #expect(try scratch.read("new/pool/a.whl") == "replaced")
  }

  @Test func leavesWhatIsNewerInTheNewIndex() throws {
    try scratch.write("old/list.txt", "old", modified: FileTime(seconds: 1_000_000_000))
    try scratch.write("new/list.txt", "new")
    try carry(.afterSwitch)
    #expect(try scratch.read("new/list.txt") == "new")
  }

  @Test func looksIntoUnchangedInnermostFoldersOnceOnly() throws {
    try scratch.write("old/pool/inner/a.whl", "a")
    try scratch.makeFolder("new")
    let (oldName, newName) = ([UInt8](path: "old"), [UInt8](path: "new"))
    let old = try scratch.directory.folder(oldName.span)
    let later = FileTime(seconds: try old.status().changed.seconds + 10)
    let earlier = FileTime(seconds: later.seconds - 20)
    #expect(try Survey(of: old, .removed, .whole, since: later).folders.isEmpty)
    #expect(try Survey(of: old, .removed, .whole, since: earlier).folders.count == 3)
    #expect(try scratch.directory.folder(newName.span).list().bytes.isEmpty == false)
  }

  @Test(arguments: ["simple", "simple/foo", "pypi/foo/1.0"])
  func refusesToLoseAFileThatIsInTheWayOfAFolder(path: String) async throws {
    try scratch.write("out/\(path)", "precious")
    let session = try await sink.begin(Publication())
    try await session.write(
      PageBatch([("simple/foo/index.html", ""), ("pypi/foo/1.0/json", "")])
    )
    let failure = await #expect(throws: StageFailure.self) { _ = try await session.commit() }
    #expect(failure?.code == "cannot-keep-file")
    #expect(failure?.message.contains(path) == true)
    await session.abandon()
    #expect(try scratch.read("out/\(path)") == "precious")
    #expect(try scratch.names() == [".out.larder-lock", "out"])
  }

  @Test func linksNothingThroughALinkInTheOutputFolder() async throws {
    try scratch.write("secret/key", "secret")
    try scratch.makeFolder("out")
    try scratch.makeLink("out/pool", to: "../secret")
    try await sink.publish([("index.html", "")])
    #expect(try scratch.tree("out") == ["index.html", "pool -> ../secret"])
    #expect(try scratch.status("secret/key")?.links == 1)
  }

  private func carry(_ moment: CarryOver.Moment) throws {
    let (oldName, newName) = ([UInt8](path: "old"), [UInt8](path: "new"))
    let work = CarryOver(
      moment: moment,
      source: try scratch.directory.folder(oldName.span),
      target: try scratch.directory.folder(newName.span)
    )
    try work.finish(work.carry(Survey(of: work.source, .removed, .whole)))
  }
}
