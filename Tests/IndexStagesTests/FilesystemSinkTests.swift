import IndexPipeline
import IndexRendering
import IndexStages
import IndexTransport
import StrictJSON
import Testing

@Suite struct FilesystemSinkTests {
  let scratch: ScratchFolder
  let sink: FilesystemSink

  init() throws {
    scratch = try ScratchFolder()
    sink = FilesystemSink(path: "\(scratch.path)/out", durable: false)
  }

  @Test func publishesIntoAFolderThatDoesNotExist() async throws {
    let deep = FilesystemSink(path: "\(scratch.path)/a/b/out/")
    let warnings = try await deep.publish([
      ("index.html", "home"), ("simple/foo/index.html", "foo"), ("pypi/foo/1.0/json", "{}"),
    ])
    #expect(warnings.isEmpty)
    #expect(
      try scratch.tree("a/b") == [
        ".out.larder-lock", "out/", "out/index.html", "out/pypi/", "out/pypi/foo/",
        "out/pypi/foo/1.0/", "out/pypi/foo/1.0/json", "out/simple/", "out/simple/foo/",
        "out/simple/foo/index.html",
      ]
    )
    #expect(try scratch.read("a/b/out/pypi/foo/1.0/json") == "{}")
  }

  @Test func showsNothingBeforeTheCommit() async throws {
    try await sink.publish([("index.html", "old")])
    let session = try await sink.begin(Publication())
    try await session.write(PageBatch([("index.html", "new"), ("404.html", "gone")]))
    #expect(try scratch.tree("out") == ["index.html"])
    #expect(try scratch.read("out/index.html") == "old")
    #expect(try await session.commit().isEmpty)
    #expect(try scratch.tree("out") == ["404.html", "index.html"])
    #expect(try scratch.read("out/index.html") == "new")
  }

  @Test func removesPagesThatAreNotWrittenAnew() async throws {
    try await sink.publish([
      ("simple/index.html", "a b"), ("simple/a/index.html", "a"), ("simple/b/index.html", "b"),
      ("pypi/b/1/json", "{}"), ("changelog/page1.html", "1"), ("larder/records.jsonl", "{}"),
    ])
    try await sink.publish([("simple/index.html", "a"), ("simple/a/index.html", "a")])
    #expect(
      try scratch.tree("out") == [
        "simple/", "simple/a/", "simple/a/index.html", "simple/index.html",
      ]
    )
  }

  @Test func keepsThePreviousGenerationAndRemovesTheOneBefore() async throws {
    try await sink.publish([("index.html", "1")])
    #expect(try scratch.names() == [".out.larder-lock", "out"])
    for generation in ["2", "3", "4"] {
      #expect(try await sink.publish([("index.html", generation)]).isEmpty)
      #expect(try scratch.names() == [".out.larder-lock", ".out.larder-previous", "out"])
    }
    #expect(try scratch.read("out/index.html") == "4")
    #expect(try scratch.read(".out.larder-previous/index.html") == "3")
  }

  @Test func keepsUnwrittenPagesButThoseOfTheNamedProjects() async throws {
    try await sink.publish([
      ("simple/index.html", "old"), ("simple/same/index.html", "same"),
      ("simple/changed/index.html", "old"), ("simple/gone/index.html", "gone"),
      ("pypi/gone/json", "{}"), ("pypi/same/1/json", "{}"), ("pypi/changed/1/json", "{}"),
    ])
    let before = try #require(try scratch.status("out/simple/same/index.html"))
    try await sink.publish(
      [("simple/index.html", "new"), ("simple/changed/index.html", "new")],
      unwritten: .kept(except: [Array("changed".utf8), Array("gone".utf8)])
    )
    #expect(
      try scratch.tree("out") == [
        "pypi/", "pypi/same/", "pypi/same/1/", "pypi/same/1/json", "simple/", "simple/changed/",
        "simple/changed/index.html", "simple/index.html", "simple/same/", "simple/same/index.html",
      ]
    )
    #expect(try scratch.read("out/simple/index.html") == "new")
    #expect(try scratch.read("out/simple/changed/index.html") == "new")
    let after = try #require(try scratch.status("out/simple/same/index.html"))
    #expect(before.isSameFile(as: after))
    #expect(before.modified == after.modified)
  }

  @Test func abandonsWithoutATrace() async throws {
    try await sink.publish([("index.html", "old")])
    let session = try await sink.begin(Publication())
    try await session.write(PageBatch([("index.html", "new"), ("simple/a/index.html", "a")]))
    await session.abandon()
    #expect(try scratch.names() == [".out.larder-lock", "out"])
    #expect(try scratch.read("out/index.html") == "old")
  }

  @Test func sweepsWhatAKilledPublicationLeft() async throws {
    try scratch.write(".out.larder-next/simple/a/index.html", "half")
    try scratch.makeFolder(".out.larder-next/locked", mode: 0o500)
    try scratch.makeFolder(".out.larder-next-probe")
    try await sink.publish([("index.html", "new")])
    #expect(try scratch.names() == [".out.larder-lock", "out"])
    #expect(try scratch.tree("out") == ["index.html"])
  }

  @Test func followsNoLinkWhenItSweeps() async throws {
    try scratch.write("others/file", "precious")
    try scratch.makeFolder(".out.larder-next")
    try scratch.makeLink(".out.larder-next/link", to: "../others")
    try await sink.publish([("index.html", "new")])
    #expect(try scratch.read("others/file") == "precious")
  }

  @Test func takesBatchesFromSeveralTasks() async throws {
    let session = try await sink.begin(Publication())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for round in 0..<50 {
            let name = "project-\(task)-\(round)"
            try await session.write(
              PageBatch([
                ("simple/\(name)/index.html", name), ("pypi/\(name)/json", name),
                ("pypi/\(name)/1.0/json", name),
              ])
            )
          }
        }
      }
      try await group.waitForAll()
    }
    _ = try await session.commit()
    let pages = try scratch.tree("out").filter { !$0.hasSuffix("/") }
    #expect(pages.count == 4 * 50 * 3)
    for page in pages { #expect(try page.contains(scratch.read("out/\(page)"))) }
  }

  @Test func appendsThePartsOfABigPage() async throws {
    let part = String(repeating: "0123456789", count: 200_000)
    let session = try await sink.begin(Publication())
    try await session.write(PageBatch([("packages.json", part)]))
    try await session.write(PageBatch([("packages.json", part)], continues: true))
    try await session.write(PageBatch([("packages.json", "end")], continues: true))
    _ = try await session.commit()
    #expect(try scratch.read("out/packages.json") == part + part + "end")
  }

  @Test(arguments: ["../evil", "simple/../../evil", "/evil/x", "simple//x", "simple/./x"])
  func refusesAPathThatLeadsOutOfTheIndex(path: String) async throws {
    for continues in [false, true] {
      let session = try await sink.begin(Publication())
      await #expect(throws: StageFailure.self) {
        try await session.write(PageBatch([(path, "evil")], continues: continues))
      }
      await session.abandon()
    }
    #expect(try scratch.names() == [".out.larder-lock"])
  }

  @Test func refusesToWriteAPageTwice() async throws {
    let session = try await sink.begin(Publication())
    await #expect(throws: StageFailure.self) {
      try await session.write(PageBatch([("index.html", "a"), ("index.html", "b")]))
    }
  }

  @Test func givesTheNewIndexTheAccessOfTheOldOne() async throws {
    try scratch.makeFolder("out", mode: 0o750)
    try await sink.publish([("index.html", "new")])
    #expect(try scratch.status("out")?.permissions == 0o750)
  }
}
