import IndexPipeline
import IndexTesting
import Testing

@Suite("A run after another")
struct PreviousListTests {
  private static let before = ["foo-1.zip", "bar-1.zip", "baz-1.zip"]

  /// Runs with the list before; what is written, and whose old pages go.
  private func run(_ lines: [String]) async throws -> (pages: [String], gone: Set<String>?) {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([lines], [sink], previous: Self.before).run(report: &report)
    #expect(report.isPublished == !sink.steps.isEmpty)
    return (sink.pages.keys.sorted(), sink.gone)
  }

  private static let lists = [
    "404.html", "changelog/page1.html", "index.html", "larder/records.jsonl", "larder/site.js",
    "larder/style.css", "packages.json",
  ]
  private static let roots = ["simple/index.html", "simple/index.v1_json"]

  private static func pages(of project: String, _ versions: String...) -> [String] {
    versions.map { "pypi/\(project)/\($0)/json" } + [
      "project/\(project)/index.html", "pypi/\(project)/json", "simple/\(project)/index.html",
      "simple/\(project)/index.v1_json",
    ]
  }

  @Test("An equal list in another order touches no sink")
  func doesNothing() async throws {
    let sink = MemorySink()
    var report = Report()
    try await Pipeline.make([Self.before.reversed()], [sink], previous: Self.before)
      .run(report: &report)
    #expect(sink.steps.isEmpty)
    #expect(!report.isPublished)
  }

  @Test("A changed project is written, without the pages that list names")
  func writesChangedProject() async throws {
    let run = try await run(Self.before + ["foo-2.zip"])
    #expect(run.pages == (Self.lists + Self.pages(of: "foo", "1", "2")).sorted())
    #expect(run.gone == ["foo"])
  }

  @Test("A new project is written with the pages that list names")
  func writesNewProject() async throws {
    let run = try await run(Self.before + ["new-1.zip"])
    #expect(run.pages == (Self.lists + Self.roots + Self.pages(of: "new", "1")).sorted())
    #expect(run.gone == [])
  }

  @Test("A project that is gone loses its pages")
  func removesProject() async throws {
    let run = try await run(["foo-1.zip", "baz-1.zip"])
    #expect(run.pages == (Self.lists + Self.roots).sorted())
    #expect(run.gone == ["bar"])
  }
}
