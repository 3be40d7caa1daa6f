import IndexModel
import IndexRendering
import StrictJSON
import Testing

@Suite("The plan of rendering")
struct RenderPlanTests {
  private static let lines = (0..<3000).map { number in
    number % 3 == 0
      ? #"{"filename":"p\#(number)-1.zip","size":\#(number),"upload_timestamp":\#(number % 9)}"#
      : "p\(number)-1.zip"
  }

  @Test("A page of the whole index that comes in parts is the one that a program reads")
  func joinsParts() async throws {
    let tree = try await RenderedTree.make(Self.lines)
    for path in [
      "simple/index.html", "simple/index.v1_json", "packages.json", "larder/records.jsonl",
    ] {
      let page = try #require(tree.page(path))
      #expect(page.parts > 1)
    }
    let html = String(decoding: try #require(tree.page("simple/index.html")).content, as: UTF8.self)
    let names = (0..<3000).map { "p\($0)" }.sorted()
    let start = try #require(html.firstRange(of: "<a href"))
    let end = try #require(html.firstRange(of: "</body>"))
    #expect(
      html[start.lowerBound..<end.lowerBound]
        == names.map { "<a href=\"\($0)/\">\($0)</a><br>\n" }.joined()
    )
    #expect(html[end.lowerBound...] == "</body>\n</html>\n")
    let json = try JSONDocument(
      parsing: try #require(tree.page("simple/index.v1_json")).content
    ).root
    #expect(json["projects"]?.elements?.compactMap { $0["name"]?.string } == names)
    let records = try #require(tree.page("larder/records.jsonl")).content
    #expect(records.count { $0 == UInt8(ascii: "\n") } == 3000)
  }

  @Test("Parts that are joined are the page that one renderer makes in one part")
  func equalsWhole() async throws {
    let head = Array(Self.lines[..<400])
    let whole = try await RenderedTree.make(head)
    #expect(whole.pages.allSatisfy { $0.parts == 1 })
    // The same projects and so many more behind them that the pages come in parts.
    let many = (0..<200).map { "zz\($0)-1.zip" }
    let parted = try await RenderedTree.make(head + many)
    for path in ["simple/index.html", "packages.json", "larder/records.jsonl"] {
      let page = try #require(parted.page(path))
      #expect(page.parts == 2)
      let alone = try #require(whole.page(path)).content
      let common = zip(alone, page.content).prefix { $0 == $1 }.count
      #expect(common >= alone.count - "</body>\n</html>\n".utf8.count, "\(path)")
    }
  }

  @Test("Shards hold every project once, in order")
  func shardsProjects() async throws {
    var batch = RecordBatch()
    for number in 0..<3000 {
      try batch.append(filename: "p\(number)-1.zip".utf8Span.span, line: number)
    }
    let catalog = await Catalog.build(from: batch).catalog
    let plan = RenderPlan(catalog, RenderOptions())
    #expect(plan.shards.flatMap(Array.init) == Array(catalog.projects.indices))
    #expect(plan.shards.count == 6)
    #expect(plan.partCount(of: .simpleHTML) == 6)
    #expect(plan.partCount(of: .changelog(1)) == 1)
  }

  @Test("Pages of the whole index come before the lists that programs take as the state")
  func ordersRootPages() async {
    let catalog = await Catalog.build(from: RecordBatch()).catalog
    let plan = RenderPlan(catalog, RenderOptions())
    #expect(
      plan.rootPages == [
        .simpleHTML, .simpleJSON, .style, .script, .notFound, .changelog(1), .home, .packageList,
        .records,
      ]
    )
    #expect(plan.shards.isEmpty)
    #expect(plan.partCount(of: .home) == 1)
  }
}
