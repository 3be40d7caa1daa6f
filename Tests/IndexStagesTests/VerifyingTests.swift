import IndexPipeline
import Testing

@testable import IndexStages

@Suite("What verify says of one page")
struct VerifyingTests {
  @Test(
    "The text of a link is looked at byte for byte",
    arguments: [
      ("../../pool/six-1.0.zip", nil), ("https://f.example/a%2Bb-1.0.zip?x=a+b", nil),
      ("", "bad-link"), ("a+b-1.0.zip", "unencoded-url"), ("a%2-1.0.zip", "bad-link"),
      ("a%", "bad-link"), ("a b-1.0.zip", "bad-link"), ("caf\u{E9}-1.0.zip", "bad-link"),
      (#"a\b-1.0.zip"#, "bad-link"),
    ]
  )
  func links(href: String, code: String?) {
    #expect(LinkText.fault(of: Array(href.utf8))?.code == code)
  }

  @Test("A link leads to the file that it names")
  func names() {
    let name = Array("a+b-1.0.zip".utf8)
    #expect(LinkText.leads(to: name, Array("../a%2Bb-1.0.zip".utf8)))
    #expect(LinkText.leads(to: name, Array("get?file=7".utf8)))
    #expect(!LinkText.leads(to: name, Array("../a%2Bb-1.1.zip".utf8)))
  }

  @Test(
    "Digests are those that all installers can use",
    arguments: [
      ("md5", 32, "a", true), ("sha256", 64, "0", true), ("sha256", 64, "A", false),
      ("sha256", 63, "a", false), ("sha256", 64, "g", false), ("blake2b_256", 64, "a", false),
    ]
  )
  func digests(name: String, count: Int, digit: String, isRight: Bool) {
    let digits = Array(String(repeating: digit, count: count).utf8)
    let digest = FileDigest(name: Array(name.utf8), digits: digits)
    #expect((digest.fault == nil) == isRight)
  }

  @Test(
    "A server says what a page is, and for how long",
    arguments: [
      ("simple/six/", "text/html; charset=utf-8", "max-age=600", []),
      ("simple/six/", "Text/HTML", "no-store", []),
      ("simple/six/", "application/vnd.pypi.simple.v1+json", nil, []),
      ("simple/six/index.html", "application/vnd.pypi.simple.v1+json", nil, ["wrong-content-type"]),
      ("simple/six/index.v1_json", "application/json", nil, ["wrong-content-type"]),
      ("pypi/six/json", nil, "max-age=9999", ["wrong-content-type"]),
      ("simple/", "text/html", "public, Max-Age=601", ["long-cache"]),
      ("larder/records.jsonl", "text/plain", "max-age=9999", []),
    ] as [(String, String?, String?, [String])]
  )
  func answers(path: String, type: String?, cache: String?, codes: [String]) {
    let page = ServedPage(bytes: [], contentType: type, cacheControl: cache, isServed: true)
    let findings = ServerAnswer(page, at: Array(path.utf8)).findings
    #expect(findings.map(\.code) == codes)
  }

  @Test("Pages of folders are all in one place, or one of them is lost")
  func places() {
    let (page, folder) = (Array("simple/six/index.html".utf8), Array("simple/six/".utf8))
    let part = Array("simple".utf8)
    func codes(_ places: FolderPlaces) -> [String] { places.findings(in: part).map(\.code) }
    #expect(codes(FolderPlaces(bothCount: 2)) == [])
    #expect(codes(FolderPlaces(shownOnly: [page, page])) == [])
    #expect(codes(FolderPlaces(unshown: [folder, folder])) == ["no-folder-pages"])
    #expect(codes(FolderPlaces(bothCount: 1, shownOnly: [page])) == ["lost-page"])
    #expect(codes(FolderPlaces(bothCount: 1, unshown: [folder])) == ["lost-page"])
    let people = FolderPlaces(unshown: [folder]).findings(in: Array("project".utf8))
    #expect(people.map(\.severity) == [.warning])
  }

  @Test(
    "The two forms of a page say the same",
    arguments: [
      (#"<a href="p/six-1.0.zip">six-1.0.zip</a>"#, #""hashes":{"sha1":"00"}"#, 0),
      (#"<a href="p/six-1.0.zip">six-1.0.zip</a>"#, #""hashes":{"sha256":"00"}"#, 1),
      (#"<a href="p/six-1.0.zip#md5=00">six-1.0.zip</a>"#, #""hashes":{"md5":"01"}"#, 1),
      (#"<a href="q/six-1.0.zip">six-1.0.zip</a>"#, #""hashes":{}"#, 1),
      (#"<a href="p/six-1.0.zip" data-yanked="">six-1.0.zip</a>"#, #""hashes":{}"#, 1),
      (#"<a href="p/six-1.0.zip" data-yanked="x">six-1.0.zip</a>"#, #""yanked":"x""#, 0),
      (#"<a href="p/six-2.0.zip">six-2.0.zip</a>"#, #""hashes":{}"#, 2),
    ]
  )
  func forms(link: String, facts: String, count: Int) {
    let html = "<!DOCTYPE html><html><body>\(link)</body></html>"
    let json =
      #"{"name":"six","files":[{"filename":"six-1.0.zip","url":"p/six-1.0.zip",\#(facts)}]}"#
    var listings = SimpleListings(folder: Array("simple/six/".utf8), htmlPath: [])
    listings.read(html: Array(html.utf8), json: Array(json.utf8), of: Array("six".utf8))
    #expect(listings.all.count == 2)
    #expect(listings.findings.map(\.code) == Array(repeating: "forms-disagree", count: count))
  }

  @Test(
    "The legacy JSON API tells versions and times as PyPI does",
    arguments: [
      (#""1.0":[{"filename":"six-1.0.zip"}],"2.0rc1":[{"filename":"six-2.0rc1.zip"}]"#, "1.0", []),
      (
        #""1.0":[{"filename":"six-1.0.zip"}],"2.0rc1":[{"filename":"six-2.0rc1.zip"}]"#, "2.0rc1",
        ["wrong-latest"]
      ),
      (#""1.0":[{"filename":"six-1.0.zip","yanked":true}]"#, "1.0", []),
      (#""1":[{"filename":"six-1.5.tgz"}]"#, "1", ["wrong-version"]),
      (#""1":[{"filename":"six-1.0.tgz"}]"#, "1", []),
      (#""1.0":[{"upload_time":"2018-06-09 23:26:45"}]"#, "1.0", ["legacy-time"]),
    ] as [(String, String, [String])]
  )
  func legacy(releases: String, latest: String, codes: [String]) throws {
    let text = #"{"info":{"version":"\#(latest)"},"releases":{\#(releases)}}"#
    let page = try LegacyPage(Array(text.utf8), at: Array("pypi/six/json".utf8))
    #expect(page.findings.map(\.code) == codes)
  }
}
