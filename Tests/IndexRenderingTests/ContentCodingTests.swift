import IndexRendering
import Testing

@Suite("Compressed copies of pages, by their paths")
struct ContentCodingTests {
  @Test(
    "A copy names its page and its coding",
    arguments: [
      ("index.html.gz", "gzip", "index.html"), ("packages.json.zst", "zstd", "packages.json"),
      ("simple/index.v1_json.gz", "gzip", "simple/index.v1_json"),
      ("simple/foo/index.html.zst", "zstd", "simple/foo/index.html"),
      ("pypi/foo/json.gz", "gzip", "pypi/foo/json"),
      ("pypi/foo/1.0/json.gz", "gzip", "pypi/foo/1.0/json"),
      ("changelog/page12.html.gz", "gzip", "changelog/page12.html"),
      ("larder/site.js.gz", "gzip", "larder/site.js"),
      ("larder/search/py.txt.zst", "zstd", "larder/search/py.txt"),
    ]
  )
  func knowsCopies(_ path: String, _ coding: String, _ page: String) throws {
    let copy = try #require(ContentCoding.copy(at: Array(path.utf8)))
    #expect(copy.coding.rawValue == coding)
    #expect(copy.page == Array(page.utf8))
  }

  @Test(
    "What is no copy of a page is nobody's but its owner's",
    arguments: [
      "", "gz", ".gz", "index.html", "index.htmlgz", "index.html.gz.gz", "index.html.br",
      "pool/foo-1.0.tar.gz", "foo-1.0.tar.gz", "simple/foo/foo-1.0.tar.gz", "simple/foo.gz",
      "simple/foo.gz/index.html", "larder/manifest.jsonl.gz", "larder/records.jsonl.zst",
      "larder/intent.json.gz",
    ]
  )
  func leavesOthers(_ path: String) {
    #expect(ContentCoding.copy(at: Array(path.utf8)) == nil)
  }
}
