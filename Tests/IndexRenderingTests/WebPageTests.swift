import IndexModel
import Testing

@testable import IndexRendering

struct WebPageTests {
  @Test func escapesEveryTextOfARecord() async throws {
    let hostile = "<i>'&é"
    let escaped = "&lt;i&gt;&#39;&amp;&#233;"
    let pages = try await Pages([
      """
      {"filename": "foo-1.0.tar.gz", "requires_python": "\(hostile)", "license": "\(hostile)", \
      "requires_dist": ["\(hostile)"], "summary": "\(hostile)", "uploaded_by": "\(hostile)", \
      "yanked": "\(hostile)"}
      """
    ]) {
      $0.title = hostile
      $0.logo = hostile
      $0.footer = hostile
      $0.links = [SiteLink(label: hostile, url: "x")]
    }
    let project = pages["project/foo/index.html"]
    #expect(project.count(of: escaped) == 12)
    #expect(pages["changelog/page1.html"].count(of: escaped) == 6)
    #expect(pages["index.html"].count(of: escaped) == 5)
    #expect(pages["404.html"].count(of: escaped) == 3)
    for (path, page) in pages.texts where path.hasSuffix(".html") {
      #expect(page.utf8.allSatisfy { $0 < 0x80 })
      #expect(!page.contains("<i>"))
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
    #expect(
      page.contains("<b>1.0</b> \(yanked)<span>2 files</span><bdi class=\"reason\">broken</bdi>")
    )
    #expect(page.contains("<details open><summary><b>2.0</b> <mark class=\"n\">latest</mark>"))
    #expect(page.contains("Wheel for Python 3</p><p>\(yanked) <bdi>wrong tag</bdi></p>\n"))
    #expect(page.contains("<b>3.0rc1</b> <mark>pre-release</mark>"))
    #expect(page.count(of: yanked) == 2)
    #expect(page.contains("pip install foo==2.0 --index-url <var>INDEX_URL</var></code>"))
    #expect(pages["project/gone/index.html"].contains("<small>1.0</small> \(yanked)</h1>"))
  }

  @Test func leavesOutWhatIsNotKnown() async throws {
    let pages = try await Pages(names: ["bare.zip", "legacy-2004d-1.0-py2.7.6-none-any.whl.zip"])
    let page = pages["project/bare/index.html"]
    #expect(page.contains("<h1>bare</h1>"))
    #expect(page.contains("pip install bare --index-url <var>"))
    #expect(page.contains("<b>Without a version</b>"))
    for (path, page) in pages.texts where path.hasSuffix(".html") {
      #expect(!page.contains("None") && !page.contains("null") && !page.contains("<time>"))
    }
  }

  @Test func foldsOlderReleases() async throws {
    let few = try await Pages(names: (1...30).map { "foo-\($0).0.tar.gz" })
    #expect(few["project/foo/index.html"].count(of: "<details") == 30)
    let many = try await Pages(names: (1...31).map { "foo-\($0).0.tar.gz" })
    let page = many["project/foo/index.html"]
    #expect(page.contains("foo-7.0.tar.gz</a>\n<p>Source</p>\n</ul>\n</details>\n</ul>\n<details"))
    #expect(page.contains("<summary>6 older releases"))
    #expect(page.count(of: "<summary>") == 32)
    #expect(page.count(of: "<ul") == page.count(of: "</ul>"))
    #expect(page.count(of: "<details") == page.count(of: "</details>"))
  }

  @Test func offersNothingOfAQuarantinedProject() async throws {
    let lines = [#"{"filename": "bad-1.0.tar.gz"}"#, #"{"filename": "good-1.0.tar.gz"}"#]
    let status = ProjectStatus(.quarantined, reason: "malware & more")
    let pages = try await Pages(lines, statuses: [Array("bad".utf8): status])
    #expect(!pages["project/bad/index.html"].contains("pool/"))
    #expect(!pages["project/bad/index.html"].contains("pip install"))
    #expect(pages["project/bad/index.html"].contains("<b>quarantined</b>: malware &amp; more"))
    #expect(!pages["changelog/page1.html"].contains("pool/bad"))
    #expect(pages["changelog/page1.html"].contains("pool/good"))
  }

  @Test func saysWhenAnIndexIsEmpty() async throws {
    let pages = try await Pages(names: [])
    #expect(pages["index.html"].contains(">This index has no projects yet.</p>\n"))
    #expect(!pages["index.html"].contains("<form"))
    #expect(pages["changelog/page1.html"].contains(">This index has no files yet.</p>"))
    #expect(pages.texts["changelog/page2.html"] == nil)
  }

  @Test func makesOneHomePageOfItsParts() async throws {
    let names = (1...1000).map { "project\($0)-1.0.tar.gz" }
    let home = try await Pages(names: names)["index.html"]
    #expect(home.count(of: "<ul class=\"names\">\n") == 1)
    #expect(home.split(separator: "\n").count { $0.hasPrefix("<li><a") } == 1000)
    #expect(home.count(of: "<h1") == 1 && home.count(of: "</html>") == 1)
    #expect(home.contains("1,000 projects") && !home.contains("data-shards"))
    #expect(home.hasSuffix("</ul>\n</section>\n</main>\n</body>\n</html>\n"))
  }

  @Test func changesNoPageOfNamesWithAFileOfAProject() async throws {
    for count in [10, 1500] {
      let names = (1...count).map { "project\($0)-1.0.tar.gz" }
      let before = try await Pages(names: names).texts
      let after = try await Pages(names: names + ["project7-2.0.tar.gz"]).texts
      let changed = before.filter { after[$0.key] != $0.value }.keys
      #expect(
        Set(changed) == [
          "changelog/page1.html", "larder/records.jsonl", "packages.json",
          "project/project7/index.html", "pypi/project7/json", "simple/project7/index.html",
          "simple/project7/index.v1_json",
        ]
      )
    }
  }

  @Test func linksRequirementsThatTheIndexHas() async throws {
    let page = try await Pages([
      #"{"filename": "foo-1.0.tar.gz", "requires_dist": ["Bar_Baz[x]>=1; extra == 'y'", "other"]}"#,
      #"{"filename": "bar_baz-1.0.tar.gz"}"#,
    ])["project/foo/index.html"]
    let link = "<a href=\"../bar-baz/\">Bar_Baz</a>"
    #expect(page.contains("<dd>\(link)[x]&gt;=1; extra == &#39;y&#39;<dd>other\n"))
  }

  @Test func namesTheSiteInLinesThatInstall() async throws {
    let pages = try await Pages([#"{"filename": "foo-1.0.tar.gz"}"#]) {
      $0.siteURL = "https://index.example/a/"
    }
    let line = "pip install foo==1.0 --index-url https://index.example/a/simple/</code>"
    #expect(pages["project/foo/index.html"].contains(line))
    #expect(!pages["index.html"].contains("INDEX_URL"))
    #expect(pages["index.html"].contains("href=\"changelog/feed.atom\""))
  }

  @Test func allowsTheOriginOfTheLogoAlone() async throws {
    for (logo, allowed) in [
      ("logo.svg", ""), ("/logo.svg", ""), ("data:image/png;base64,x", ""),
      ("https://a.example/logo;x", " https://a.example"),
      ("http://a.example:80?q", " http://a.example:80"),
      ("https://a.example", " https://a.example"),
    ] {
      let pages = try await Pages([#"{"filename": "foo-1.0.tar.gz"}"#]) { $0.logo = logo }
      let page = pages["index.html"]
      #expect(page.contains("img-src &#39;self&#39; data:\(allowed); form-action"), "\(logo)")
    }
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
