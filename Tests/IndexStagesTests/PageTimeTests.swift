import IndexPipeline
import IndexRendering
import IndexStages
import IndexTransport
import Testing

/// A page is younger than the one it replaces, in whole seconds, as nginx compares them.
@Suite struct PageTimeTests {
  let scratch: ScratchFolder
  let sink: FilesystemSink

  init() throws {
    scratch = try ScratchFolder()
    sink = FilesystemSink(path: "\(scratch.path)/out", durable: false)
  }

  private func second(of path: String) throws -> Int64 {
    try #require(try scratch.status(path)).modified.seconds
  }

  @Test func growsWithEachPublicationInOneSecond() async throws {
    let pages = ["index.html", "simple/index.html", "simple/a/index.html", "packages.json"]
    var latest: Int64 = 0
    for step in 0..<5 {
      try await sink.publish(pages.map { ($0, "\(step)") })
      let times = try pages.map { try second(of: "out/\($0)") }
      #expect(try #require(times.min()) > latest)
      latest = try #require(times.max())
    }
  }

  @Test func growsWhenTheClockWasAhead() async throws {
    let future: Int64 = 4_000_000_000
    try scratch.write("out/simple/index.html", "x", modified: FileTime(seconds: future))
    for step in 1...3 as ClosedRange<Int64> {
      try await sink.publish([("simple/index.html", "\(step)"), ("simple/a/index.html", "x")])
      #expect(try second(of: "out/simple/index.html") == future + step)
      #expect(try second(of: "out/simple/a/index.html") == future + step)
    }
  }

  @Test func staysForAPageOfTheWholeIndexThatIsTheSame() async throws {
    let past = FileTime(seconds: 1_000_000_000)
    for page in ["simple/index.html", "simple/index.v1_json", "simple/a/index.html"] {
      try scratch.write("out/\(page)", "x", modified: past)
    }
    try await sink.publish([
      ("simple/index.html", "x"), ("simple/index.v1_json", "y"), ("simple/a/index.html", "x"),
    ])
    #expect(try second(of: "out/simple/index.html") == past.seconds)
    #expect(try second(of: "out/simple/index.v1_json") > past.seconds)
    #expect(try second(of: "out/simple/a/index.html") > past.seconds)
  }

  @Test func holdsForPartsOfAPage() async throws {
    let future: Int64 = 4_000_000_000
    try scratch.write("out/index.html", "x", modified: FileTime(seconds: future))
    let session = try await sink.begin(Publication())
    try await session.write(PageBatch([("index.html", "a")]))
    try await session.write(PageBatch([("index.html", "b")], continues: true))
    _ = try await session.commit()
    #expect(try second(of: "out/index.html") == future + 1)
  }

  @Test func leavesTheClockAloneInAFolderWithoutAnIndex() async throws {
    try scratch.makeFolder("out")
    try await sink.publish([("index.html", "x")])
    let page = try #require(try scratch.status("out/index.html")).modified
    #expect(page.nanoseconds > 0)  // a time that is set by the sink is a whole second
  }
}
