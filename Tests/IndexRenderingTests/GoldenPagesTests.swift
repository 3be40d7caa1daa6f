import IndexRendering
import StrictJSON
import TestSupport
import Testing

@Suite("Pages, byte by byte")
struct GoldenPagesTests {
  /// Pages for programs; those for people have tests of their own.
  private func isForPrograms(_ path: String) -> Bool {
    ["simple/", "pypi/", "packages.json", "larder/records.jsonl"].contains { path.hasPrefix($0) }
  }

  private func check(_ tree: RenderedTree, _ folder: String) throws {
    let golden = GoldenFolder(folder)
    let pages = tree.pages.filter { isForPrograms($0.path) }
    for page in pages {
      let difference = try golden.difference(page.path, page.content)
      #expect(difference == nil)
    }
    #expect(try golden.names() == pages.map(\.path).sorted())
  }

  @Test("Pages of file names alone are as recorded")
  func rendersNames() async throws {
    try check(try await RenderedTree.make(RenderedTree.nameLines), "names")
  }

  @Test("Pages of records with every key are as recorded")
  func rendersRecords() async throws {
    try check(try await RenderedTree.make(RenderedTree.recordLines), "records")
  }

  @Test("Pages of an index elsewhere, without pages for releases, are as recorded")
  func rendersElsewhere() async throws {
    var options = RenderOptions(
      fileURL: try FileURL(template: "https://files.example/get?name={filename}&via=larder")
    )
    options.perReleaseJSON = false
    let lines = ["foo-1.0+x.zip", #"{"filename":"foo-2.0.zip","core_metadata":true}"#]
    try check(try await RenderedTree.make(lines, options), "elsewhere")
  }

  @Test("Pages of an empty index are as recorded")
  func rendersEmpty() async throws {
    try check(try await RenderedTree.make([]), "empty")
  }

  @Test("If one file of a project has a signature, each of its links says whether it has one")
  func saysSignaturesOnEachLink() async throws {
    let lines = [#"{"filename":"a-2.zip","gpg_sig":true}"#, "a-1.zip", "b-1.zip"]
    let tree = try await RenderedTree.make(lines)
    let page = String(
      decoding: try #require(tree.page("simple/a/index.html")).content,
      as: UTF8.self
    )
    #expect(page.contains("<a href=\"../../pool/a-2.zip\" data-gpg-sig=\"true\">a-2.zip</a>"))
    #expect(page.contains("<a href=\"../../pool/a-1.zip\" data-gpg-sig=\"false\">a-1.zip</a>"))
    let other = try #require(tree.page("simple/b/index.html")).content
    #expect(!String(decoding: other, as: UTF8.self).contains("data-gpg-sig"))
  }

  @Test("Every JSON page is JSON, and every page ends in one line feed")
  func rendersValidJSON() async throws {
    for lines in [RenderedTree.nameLines, RenderedTree.recordLines, []] {
      for page in try await RenderedTree.make(lines).pages {
        if page.type == .json || page.type == .simpleJSON {
          #expect(throws: Never.self) { try JSONDocument(parsing: page.content) }
        }
        let isEmptyList = page.type == .jsonLines && lines.isEmpty
        #expect(page.content.last == UInt8(ascii: "\n") || isEmptyList && page.content.isEmpty)
        #expect(!page.content.suffix(2).elementsEqual([0x0A, 0x0A]), "\(page.path)")
      }
    }
  }
}
