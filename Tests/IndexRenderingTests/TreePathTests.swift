import IndexModel
import IndexRendering
import StrictJSON
import Testing

@Suite("Where in the tree a link leads")
struct TreePathTests {
  private func path(_ record: String, _ options: RenderOptions = RenderOptions()) async throws
    -> String?
  {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    try decoder.decode(line: record.utf8Span.span, number: 1, into: &batch)
    let catalog = await Catalog.build(from: batch).catalog
    let project = try #require(catalog.projects.first)
    let path = options.treePath(of: catalog.distributions[0], in: project, catalog)
    return path.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "A relative URL is resolved from the page of the project",
    arguments: [
      ("../../pool/six-1.0.zip", "pool/six-1.0.zip"),
      ("../../six-1.0.zip", "six-1.0.zip"),
      ("../six-1.0.zip", "simple/six-1.0.zip"),
      ("six-1.0.zip", "simple/six/six-1.0.zip"),
      ("./a/../../b/six-1.0.zip", "simple/b/six-1.0.zip"),
      ("../../a%20b/six%2D1.0.zip", "a b/six-1.0.zip"),
    ]
  )
  func resolves(url: String, expected: String) async throws {
    #expect(try await path(#"{"filename":"six-1.0.zip","url":"\#(url)"}"#) == expected)
  }

  @Test(
    "What leads out of the index, or has a query, has no place in it",
    arguments: [
      "https://files.example/six-1.0.zip", "/pool/six-1.0.zip", "../../../six-1.0.zip",
      "../../pool/six-1.0.zip?a=b", "../../a//six-1.0.zip", "../../%2E%2E/six-1.0.zip",
      "../../a%2Fb/six-1.0.zip", "../../a%00/six-1.0.zip", "//files.example/six-1.0.zip",
      "../../%/six-1.0.zip", "../../%+1/six-1.0.zip",
    ]
  )
  func leadsOut(url: String) async throws {
    #expect(try await path(#"{"filename":"six-1.0.zip","url":"\#(url)"}"#) == nil)
  }

  @Test("A record without a URL is where the whole index says, with its own bytes in the name")
  func usesTheURLOfTheIndex() async throws {
    let record = #"{"filename":"six-1.0+a.1.zip"}"#
    #expect(try await path(record) == "pool/six-1.0+a.1.zip")
    let options = RenderOptions(fileURL: try FileURL(template: "../../a/{filename}"))
    #expect(try await path(record, options) == "a/six-1.0+a.1.zip")
  }
}
