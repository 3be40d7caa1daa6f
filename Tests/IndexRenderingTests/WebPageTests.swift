import IndexModel
import Testing

@testable import IndexRendering

struct WebPageTests {
  @Test func escapesEveryTextOfARecord() async throws {
    let hostile = "<b>'&é"
    let escaped = "&lt;b&gt;&#39;&amp;&#233;"
    let pages = try await Pages([
      """
      {"filename": "foo-1.0.tar.gz", "requires_python": "\(hostile)", "license": "\(hostile)", \
      "requires_dist": ["\(hostile)"], "summary": "\(hostile)", "uploaded_by": "\(hostile)", \
      "yanked": "\(hostile)"}
      """
    ]) {
      $0.title = hostile
      $0.logo = hostile
    }
    let project = pages["project/foo/index.html"]
    #expect(project.count(of: escaped) == 7)
    #expect(pages["changelog/page1.html"].count(of: escaped) == 2)
    #expect(pages["index.html"].count(of: escaped) == 3)
    #expect(pages["404.html"].count(of: escaped) == 1)
    for (path, page) in pages.texts where path.hasSuffix(".html") {
      #expect(page.utf8.allSatisfy { $0 < 0x80 })
      #expect(!page.contains("<b>"))
    }
  }

  @Test func marksYankedAndPreReleases() async throws {
    let pages = try await Pages([
      #"{"filename": "foo-1.0.tar.gz", "yanked": "broken"}"#,
      #"{"filename": "foo-1.0-py3-none-any.whl", "yanked": "broken"}"#,
      #"{"filename": "foo-2.0.tar.gz"}"#,
      #"{"filename": "foo-2.0-py3-none-any.whl", "yanked": "wrong tag"}"#,
      #"{"filename": "foo-3.0rc1.tar.gz"}"#,
      #"{"filename": "pre-1.0a1.tar.gz"}"#,
      #"{"filename": "gone-1.0.tar.gz", "yanked": true}"#,
    ])
    let page = pages["project/foo/index.html"]
    let yanked = "<mark class=\"y\">yanked</mark>"
    #expect(page.contains("<dt>1.0 \(yanked) <bdi>broken</bdi>\n"))
    #expect(page.contains("<dt>2.0 <small>latest</small>\n"))
    #expect(page.contains("Wheel for Python 3 \(yanked) <bdi>wrong tag</bdi>\n"))
    #expect(page.contains("<dt>3.0rc1 <mark>pre-release</mark>\n"))
    #expect(page.count(of: yanked) == 2)
    #expect(page.contains("value=\"pip install foo==2.0\""))
    let home = pages["index.html"]
    #expect(home.contains("<li><a href=\"project/foo/\">foo</a> 2.0\n"))
    #expect(home.contains("<li><a href=\"project/pre/\">pre</a> 1.0a1 <mark>pre-release</mark>\n"))
    #expect(home.contains("<li><a href=\"project/gone/\">gone</a> 1.0 \(yanked)\n"))
  }

  @Test func leavesOutWhatIsNotKnown() async throws {
    let pages = try await Pages(names: ["bare.zip", "legacy-2004d-1.0-py2.7.6-none-any.whl.zip"])
    let page = pages["project/bare/index.html"]
    #expect(page.contains("<h1>bare </h1>"))
    #expect(page.contains("value=\"pip install bare\""))
    #expect(page.contains("<dt>Without a version\n"))
    for (path, page) in pages.texts where path.hasSuffix(".html") {
      #expect(!page.contains("None") && !page.contains("null") && !page.contains("<time>"))
    }
  }

  @Test func foldsOlderReleases() async throws {
    let few = try await Pages(names: (1...20).map { "foo-\($0).0.tar.gz" })
    #expect(few["project/foo/index.html"].count(of: "<details>") == 0)
    let many = try await Pages(names: (1...21).map { "foo-\($0).0.tar.gz" })
    let page = many["project/foo/index.html"]
    #expect(page.contains("foo-7.0.tar.gz</a> Source\n</dl>\n<details><summary>6 older releases"))
    #expect(page.count(of: "<dt>") == 21)
    #expect(page.count(of: "<dl>") == page.count(of: "</dl>"))
  }

  @Test func offersNothingOfAQuarantinedProject() async throws {
    let lines = [#"{"filename": "bad-1.0.tar.gz"}"#, #"{"filename": "good-1.0.tar.gz"}"#]
    let status = ProjectStatus(.quarantined, reason: "malware & more")
    let pages = try await Pages(lines, statuses: [Array("bad".utf8): status])
    #expect(!pages["project/bad/index.html"].contains("pool/"))
    #expect(!pages["project/bad/index.html"].contains("pip install"))
    #expect(pages["project/bad/index.html"].contains("quarantined</mark> malware &amp; more"))
    #expect(!pages["changelog/page1.html"].contains("pool/bad"))
    #expect(pages["changelog/page1.html"].contains("pool/good"))
    #expect(pages["index.html"].contains("bad</a> 1.0 <mark class=\"y\">quarantined</mark>"))
  }

  @Test func saysWhenAnIndexIsEmpty() async throws {
    let pages = try await Pages(names: [])
    #expect(pages["index.html"].contains("<p>This index has no projects yet.</p>\n</div>\n</main>"))
    #expect(!pages["index.html"].contains("<form"))
    #expect(pages["changelog/page1.html"].contains("<p>This index has no files yet.</p>"))
    #expect(pages.texts["changelog/page2.html"] == nil)
  }

  @Test func makesOneHomePageOfItsParts() async throws {
    let names = (1...3000).map { "project\($0)-1.0.tar.gz" }
    let home = try await Pages(names: names)["index.html"]
    #expect(home.count(of: "<ul>\n") == 6)
    #expect(home.split(separator: "\n").count { $0.hasPrefix("<li>") } == 3000)
    #expect(home.count(of: "<h1>") == 1 && home.count(of: "</html>") == 1)
    #expect(home.contains("3,000 projects, 3,000 files"))
    #expect(home.hasSuffix("</ul>\n</div>\n</main>\n</body>\n</html>\n"))
  }

  @Test func showsTheMomentOfTheRunOnlyIfAsked() async throws {
    let moment = try #require(Timestamp(seconds: 1_700_000_000))
    let line = #"{"filename": "foo-1.0.tar.gz"}"#
    let (without, with) = (
      try await Pages([line]), try await Pages([line]) { $0.generatedAt = moment }
    )
    for path in ["index.html", "project/foo/index.html", "changelog/page1.html", "404.html"] {
      #expect(!without[path].contains("Generated"))
      #expect(with[path].contains("<footer><p>Generated on 2023-11-14 22:13:20.</p>"))
    }
  }
}
