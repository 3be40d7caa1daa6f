import IndexPipeline
import IndexRendering
import IndexTransport
import Testing

@testable import IndexStages

/// The compressed copies that the sink `filesystem` keeps beside pages.
@Suite struct CompressedCopyTests {
  let scratch: ScratchFolder
  let sink: FilesystemSink
  private let long = String(repeating: "long ", count: 400)

  init() throws {
    scratch = try ScratchFolder()
    sink = FilesystemSink(path: "\(scratch.path)/out", durable: false, codings: [.gzip])
  }

  private func isCopy(_ path: String, of page: String) throws -> Bool {
    let bytes = try InputFile.open("\(scratch.path)/out/\(path)").rest()
    return try CompressionMethod.gzip.expands(bytes.span, to: Array(page.utf8).span)
  }

  @Test("A page that comes in parts has a copy of all of them")
  func joinsParts() async throws {
    let session = try await sink.begin(Publication())
    for path in ["index.html", "simple/a/index.html"] {
      try await session.write(PageBatch([(path, long)]))
      try await session.write(PageBatch([(path, "and more")], continues: true))
    }
    try await session.write(PageBatch([("404.html", "sho")]))
    try await session.write(PageBatch([("404.html", "rt")], continues: true))
    _ = try await session.commit()
    #expect(
      try scratch.tree("out") == [
        "404.html", "index.html", "index.html.gz", "simple/", "simple/a/", "simple/a/index.html",
        "simple/a/index.html.gz",
      ]
    )
    #expect(try isCopy("index.html.gz", of: long + "and more"))
    #expect(try isCopy("simple/a/index.html.gz", of: long + "and more"))
  }

  /// Says what the manifest of such an index would.
  private func tell(_ codings: String) throws {
    try scratch.write("out/larder/manifest.jsonl", #"{"version":1,"codings":[\#(codings)]}"# + "\n")
  }

  @Test("The copy of a page that stays goes with it, and that of one written anew does not")
  func carriesCopies() async throws {
    try await sink.publish([("simple/a/index.html", long), ("simple/b/index.html", long)])
    try tell(#""gzip""#)
    let before = try #require(try scratch.status("out/simple/b/index.html.gz"))
    // As where stale pages are kept: whatever is not written stays.
    try await sink.publish([("simple/a/index.html", "short")], unwritten: .kept(except: []))
    #expect(
      try scratch.tree("out") == [
        "simple/", "simple/a/", "simple/a/index.html", "simple/b/",
        "simple/b/index.html", "simple/b/index.html.gz",
      ]
    )
    let after = try #require(try scratch.status("out/simple/b/index.html.gz"))
    #expect(before.isSameFile(as: after) && before.modified == after.modified)
  }

  @Test("A copy that no manifest tells of does not stay", arguments: ["", #""zstd""#])
  func distrustsCopies(codings: String) async throws {
    try scratch.write("out/simple/b/index.html", long)
    try scratch.write("out/simple/b/index.html.gz", "of another program")
    try tell(codings)
    try await sink.publish([("simple/index.html", "x")], unwritten: .kept(except: []))
    #expect(
      try scratch.tree("out/simple") == ["b/", "b/index.html", "index.html"]
    )
  }

  @Test("The copy of a page of the whole index that is the same keeps its time")
  func keepsTimes() async throws {
    let past = FileTime(seconds: 1_000_000_000)
    try await sink.publish([("index.html", long), ("404.html", long)])
    for name in ["index.html", "index.html.gz", "404.html", "404.html.gz"] {
      let content = try InputFile.open("\(scratch.path)/out/\(name)").rest()
      let path = [UInt8](path: "out/\(name)")
      try scratch.directory.removeFile(path.span)
      try scratch.directory.write(path.span, content.span, modified: past)
    }
    try await sink.publish([("index.html", long), ("404.html", long + "new")])
    #expect(try scratch.status("out/index.html.gz")?.modified == past)
    let second = try #require(try scratch.status("out/404.html.gz")).modified.seconds
    #expect(second > past.seconds)
  }

  @Test(
    "Codings of a manifest that cannot be read may be all",
    arguments: ["", "{", "{\n", "[]\n"]
  )
  func doubtsManifests(text: String) {
    #expect(Manifest.codings(in: Array(text.utf8)) == ContentCoding.allCases)
  }

  @Test("An intent tells which copies may be there, and all if it cannot be read")
  func tellsCodings() {
    var intent = PublicationIntent(run: "x", started: 0, until: 0)
    #expect(PublicationIntent(reading: intent.bytes) == intent)
    intent.codings = [.gzip, .zstd]
    #expect(PublicationIntent(reading: intent.bytes) == intent)
    #expect(PublicationIntent(reading: []).codings == ContentCoding.allCases)
  }
}
