import IndexModel
import IndexRendering
import StrictJSON
import Testing

@Suite("Paths of pages")
struct PagePathTests {
  /// `root`, `foreign`, or the name of the project.
  private func part(_ path: String) -> String {
    let bytes = Array(path.utf8)
    return switch PagePath(bytes.span) {
    case .root: "root"
    case .foreign: "foreign"
    case .project(let range): "project \(String(decoding: bytes[range], as: UTF8.self))"
    }
  }

  @Test(
    "A path says what part of the index it is",
    arguments: [
      ("index.html", "root"), ("404.html", "root"), ("packages.json", "root"),
      ("simple/index.html", "root"), ("simple/index.v1_json", "root"),
      ("changelog/page1.html", "root"), ("changelog/page120.html", "root"),
      ("changelog/feed.atom", "root"), ("larder/style.css", "root"), ("larder/site.js", "root"),
      ("larder/names/py.html", "root"), ("larder/search/_.txt", "root"),
      ("larder/records.jsonl", "root"), ("larder/manifest.jsonl", "root"),
      ("simple/foo/index.html", "project foo"), ("simple/foo/index.v1_json", "project foo"),
      ("project/foo/index.html", "project foo"), ("pypi/foo/json", "project foo"),
      ("pypi/foo/1.0/json", "project foo"), ("pypi/json/json", "project json"),
      ("pypi/foo/json/json", "project foo"),
    ]
  )
  func knowsPages(_ path: String, _ expected: String) {
    #expect(part(path) == expected)
  }

  @Test(
    "What Larder does not make belongs to others",
    arguments: [
      "", "/", "foo", "index.htm", "index.html/x", "favicon.ico", "robots.txt", "pool/foo-1.0.zip",
      "simple", "simple/", "simple/foo", "simple/foo/", "simple/foo/index.json",
      "simple/foo/bar/index.html", "simple/foo/index.html/x", "simples/foo/index.html",
      "project/index.html", "project/foo/index.v1_json", "project/foo/x/index.html",
      "pypi/foo", "pypi/json", "pypi/foo/jsons", "pypi/foo/1.0/xml", "pypi/foo/1.0/2/json",
      "changelog/index.html", "changelog/page.html", "changelog/page1.htm", "changelog/pageX.html",
      "changelog/page1.html/x", "changelog/x/page1.html", "packages.json/x", "larder", "larder/",
      "larder/../x", "larder/.x", "larder/names", "larder/names/", "larder/names/.x",
      "larder/site.js.gz", "larder/search/_.txt.zst", "larder/manifest.jsonl.gz",
      "larder/names/x/y", "larder/others/x", "changelog/feed.atom/x",
    ]
  )
  func knowsForeignFiles(_ path: String) {
    #expect(part(path) == "foreign")
  }

  @Test("Every page that is rendered is known by its path")
  func knowsItsOwnPages() async throws {
    let tree = try await RenderedTree.make(RenderedTree.recordLines)
    for page in tree.pages {
      let expected = page.role == .project ? "project" : "root"
      #expect(part(page.path).hasPrefix(expected), "\(page.path)")
    }
    #expect(tree.pages.contains { $0.role == .state })
  }
}
