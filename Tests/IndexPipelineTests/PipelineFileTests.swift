import IndexModel
import IndexPipeline
import IndexRendering
import IndexTesting
import StrictJSON
import TestSupport
import Testing

@Suite("Pipeline files")
struct PipelineFileTests {
  private static let golden = GoldenFolder()

  private func registry() throws -> Registry {
    var registry = Registry()
    try registry.add(FileStub.self)
    try registry.add(StdinStub.self)
    try registry.add(FolderStub.self)
    return registry
  }

  @Test("A file that was checked is not kept, whatever was said of it")
  func keepsNothing() throws {
    final class Witness: Sendable {}
    let registry = try registry()
    weak var witness: Witness?
    for text in ["[]", #"{"version": 2, "name": 1}"#, #"{"version": 1, "x": "${env:X}"}"#] {
      do {
        let strong = Witness()
        witness = strong
        let surroundings = Surroundings(
          variable: { _ in withExtendedLifetime(strong) { .unknown } }
        )
        let check = PipelineFile.check(
          Array(text.utf8),
          path: "pipeline.json",
          registry: registry,
          surroundings: surroundings
        )
        #expect(!check.errors.isEmpty)
      }
      #expect(witness == nil, "\(text)")
    }
  }

  private func read(_ text: [UInt8], now: Timestamp? = nil) throws -> Pipeline {
    try PipelineFile.read(text, path: "conf/pipeline.json", registry: registry(), now: now)
  }

  private func read(_ text: String, now: Timestamp? = nil) throws -> Pipeline {
    try read(Array(text.utf8), now: now)
  }

  /// Each has a file `NAME.json` with the mistake, and `NAME.txt` with what a person reads.
  static let mistakes = [
    "bad-id", "byte-order-mark", "comment", "conflicting-urls", "duplicate-id", "duplicate-key",
    "empty-file", "empty-path", "empty-sources", "future-version", "many-mistakes",
    "missing-fields", "missing-renderer", "missing-type", "missing-version", "moved-fields",
    "no-object", "not-utf8", "stage-no-object", "suggestions", "tabs-and-wide-letters",
    "trailing-comma", "unknown-field", "unknown-type", "unset-variables", "wrong-choice",
    "wrong-exceptions", "wrong-guards", "wrong-include", "wrong-placeholder", "wrong-render",
    "wrong-requires", "wrong-site", "wrong-types", "wrong-urls", "wrong-values",
  ]

  @Test("A mistake is said in the very words of its golden file", arguments: mistakes)
  func explainsMistakes(_ name: String) throws {
    let text = try Self.golden.read("\(name).json")
    let failure = try #require(throws: PipelineFileFailure.self) { try read(text) }
    #expect(failure.path == "conf/pipeline.json")
    #expect(!failure.failures.isEmpty)
    #expect(failure.failures.allSatisfy { $0.kind == .config })
    let printed = failure.failures.map { DiagnosticPrinter.text(of: $0) + "\n" }
    let difference = try Self.golden.difference(
      "\(name).txt",
      Array(printed.joined(separator: "\n").utf8)
    )
    #expect(difference == nil)
  }

  @Test("Every golden file belongs to a mistake")
  func hasNoOtherFiles() throws {
    let names = try Self.golden.names().filter { !$0.utf8.contains(UInt8(ascii: "/")) }
    #expect(names == Self.mistakes.flatMap { ["\($0).json", "\($0).txt"] }.sorted())
  }

  @Test("A file with all fields makes the pipeline that it describes")
  func readsAllFields() throws {
    let now = try #require(Timestamp(seconds: 0))
    let pipeline = try read(
      """
      {
        "$schema": "x", "$comment": "why", "name": "all", "version": 1,
        "sources": [
          { "type": "file", "id": "list", "path": "names.txt", "format": "list",
            "$comment": 1, "description": "the list" },
          { "type": "file", "path": "/srv/more.txt", "enabled": true },
          { "type": "file", "path": "never.txt", "enabled": false },
          { "type": "stdin" }
        ],
        "render": {
          "$comment": [], "packages_url": "../../files", "title": "T", "logo": "l.svg",
          "logo_width": 40, "per_release_json": false, "timestamps": true,
          "site_url": "https://index.example/a/", "footer": "F", "accent": { "dark": "#ffffff" },
          "links": [ { "label": "L", "url": "l/", "$comment": "" } ]
        },
        "sinks": [ { "type": "filesystem", "path": "public", "size": 9, "durable": false } ]
      }
      """,
      now: now
    )
    #expect(pipeline.sources.map(\.id) == ["list", "file", "stdin"])
    let lines = pipeline.sources.compactMap { ($0.source as? FileStub)?.lines }
    #expect(lines == [["conf/names.txt", "list"], ["/srv/more.txt", "detect"]])
    #expect(pipeline.sinks.map(\.id) == ["filesystem"])
    let sink = try #require(pipeline.sinks.first?.sink as? FolderStub)
    #expect(sink.settings == ["conf/public", "9", "false"])
    #expect(try pipeline.render.fileURL == FileURL(prefix: "../../files/"))
    #expect(pipeline.render.title == "T")
    #expect(pipeline.render.logo == "l.svg")
    #expect(pipeline.render.logoWidth == 40)
    #expect(pipeline.render.siteURL == "https://index.example/a/")
    #expect(pipeline.render.links == [SiteLink(label: "L", url: "l/")])
    #expect(pipeline.render.accent == Accent(dark: "#ffffff"))
    #expect(pipeline.render.footer == "F")
    #expect(!pipeline.render.perReleaseJSON)
    #expect(pipeline.render.generatedAt == now)
  }

  @Test("What is left out has its default")
  func readsDefaults() throws {
    let pipeline = try read(
      #"{"version":1,"sources":[{"type":"stdin"}],"render":{},"sinks":[{"type":"filesystem","path":"p"}]}"#,
      now: Timestamp(seconds: 0)
    )
    #expect(pipeline.render.fileURL == .pool)
    #expect(pipeline.render.title == "My Private PyPI")
    #expect(pipeline.render.perReleaseJSON)
    #expect(pipeline.render.generatedAt == nil)
    #expect(pipeline.stopsAtConflicts)
    #expect(pipeline.previous == nil)
  }

  @Test("Stages without a name are numbered")
  func numbersStages() throws {
    let pipeline = try read(
      """
      {"version":1,"sources":[{"type":"stdin"},{"type":"stdin"},{"type":"stdin"}],
       "render":{"file_url":"https://x.example/{filename}?a=1"},
       "sinks":[{"type":"filesystem","path":"p"},{"type":"filesystem","path":"q"}]}
      """
    )
    #expect(pipeline.sources.map(\.id) == ["stdin", "stdin-2", "stdin-3"])
    #expect(pipeline.sinks.map(\.id) == ["filesystem", "filesystem-2"])
    #expect(
      try pipeline.render.fileURL == FileURL(template: "https://x.example/{filename}?a=1")
    )
  }

  @Test("A file above the limit is refused unread")
  func refusesLargeFiles() throws {
    let spaces = [UInt8](repeating: UInt8(ascii: " "), count: PipelineFile.maximumSize)
    let failure = try #require(throws: PipelineFileFailure.self) { try read(spaces + [0x0A]) }
    #expect(failure.isSyntax)
    #expect(failure.failures.map(\.code) == ["json-syntax"])
  }

  @Test("Every truncation of a file is refused, never a crash")
  func survivesTruncation() throws {
    let text = Array(
      #"{"version":1,"sources":[{"type":"stdin"}],"render":{},"sinks":[{"type":"filesystem","path":"é"}]}"#
        .utf8
    )
    for end in text.indices {
      let failure = try #require(throws: PipelineFileFailure.self) { try read(Array(text[..<end])) }
      #expect(failure.isSyntax)
      for mistake in failure.failures { #expect(!DiagnosticPrinter.text(of: mistake).isEmpty) }
    }
    _ = try read(text)
  }
}
