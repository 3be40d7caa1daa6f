import IndexTransport
import Testing

/// The listing of a page at `https://index.example/a%20b/pool/`.
private func listing(_ page: String, server: ListingServer? = .nginx) throws -> Listing {
  let origin = Array("https://index.example".utf8)
  var visitor = ListingReader(origin: origin, path: Array("/a%20b/pool/".utf8))
  var reader = try LinkReader(charset: .bytes)
  let bytes = Array(page.utf8)
  try reader.feed(bytes.span, &visitor)
  _ = try reader.finish(&visitor)
  return visitor.finish(server: server)
}

private func link(_ href: String) -> String { "<a href=\"\(href)\">x</a>\n" }

@Suite("Rules of listings")
struct ListingRulesTests {
  @Test("Only links to what is directly in the folder are entries")
  func children() throws {
    let inside = [
      "x", "./x", "x#sha256=0a", " x ", "%78", "https://index.example/a%20b/pool/x",
      "HTTPS://INDEX.EXAMPLE/a%20b/pool/x", "//index.example/a b/pool/x", "/a%20b/pool/x",
      "/a%20b/pool/./x", "../pool/x", "/%61%20b/pool/y/../x", "../../../a%20b/pool/x",
    ]
    for href in inside {
      let listing = try listing(link(href))
      #expect(listing.entries.map(\.name) == [Array("x".utf8)], "\(href)")
    }
    let elsewhere = [
      "", "#x", "?C=N;O=D", "x?y", "./", ".", "..", "../", "/", "/a%20b/pool/", "/a%20b/x",
      "x/y", "x/y/", "/a%20b/pool/x/y", "https://other.example/a%20b/pool/x", "//other.example/x",
      "http://index.example/a%20b/pool/x", "https://index.example:8080/a%20b/pool/x",
      "https://index.example.evil/a%20b/pool/x", "x//", "//", "/A%20b/pool/x",
    ]
    for href in elsewhere {
      let listing = try listing(link(href))
      #expect(listing.entries.isEmpty && listing.foreignCount == 1, "\(href)")
    }
    let unusable = [
      "javascript:alert(1)", "http:x", "mailto:x@y", "colon:1.0.zip", "%2e%2e", "%2E", "a%2fb",
      "a%00", "a%", "a%4", "a%zz", "data:text/html,x",
    ]
    for href in unusable {
      let listing = try listing(link(href))
      #expect(listing.entries.isEmpty && listing.unusable == [Array(href.utf8)], "\(href)")
    }
  }

  @Test("A base changes what relative links lead to")
  func base() throws {
    let hrefs = "<a href='x'>x</a><a href='/a%20b/pool/y'>y</a>"
    #expect(try listing("<base href='/other/'>" + hrefs).entries.map(\.name) == [Array("y".utf8)])
    #expect(try listing("<base href='/a%20b/pool/z?q'>" + hrefs).entries.count == 2)
    #expect(try listing("<base href='https://other.example/'>" + hrefs).entries.count == 1)
  }

  @Test("A name is listed once, with what any of its links tells")
  func duplicates() throws {
    let page = "<pre><a href=x><img></a> <a href=x>x</a> 2020-01-13 09:04  1.5K\n<a href=x/>x</a>"
    let entries = try listing(page).entries
    #expect(entries.count == 1)
    #expect(entries[0].size == nil && entries[0].isFolder == true)
    #expect(entries[0].modified?.seconds == 1_578_906_240)
    #expect(try listing(link("x"), server: .h2o).entries[0].isFolder == nil)
    #expect(try listing(link("x"), server: nil).entries[0].isFolder == nil)
    #expect(try listing(link("x#sha256=ab")).entries[0].fragment == Array("sha256=ab".utf8))
  }

  @Test(
    "Times are read in the shapes that servers write",
    arguments: [
      ("13-Jan-2020 09:04", 1_578_906_240, .minute, false),
      ("2020-01-13 09:04:06", 1_578_906_246, .second, false),
      ("2020-Jan-13 09:04", 1_578_906_240, .minute, false),
      ("13Jan2020 09:04", 1_578_906_240, .minute, false),
      ("2020/01/13 09:04", 1_578_906_240, .minute, false),
      ("Jan 13  2020", 1_578_873_600, .day, false),
      ("Jan 13, 2020, 9:04:06 PM", 1_578_949_446, .second, false),
      ("Jan 13, 2020, 12:04:06\u{202F}AM", 1_578_873_846, .second, false),
      ("Mon, 13 Jan 2020 09:04:06 GMT", 1_578_906_246, .second, true),
      ("Mon Jan 13 09:04:06 UTC 2020", 1_578_906_246, .second, true),
      ("1/13/2020  9:04 AM", 1_578_906_240, .minute, false),
      ("2020-01-13T09:04:06.123Z", 1_578_906_246, .second, true),
      ("2020-01-13 09:04:06 +0000 UTC", 1_578_906_246, .second, true),
      ("2020-01-13T10:34:06+01:30", 1_578_906_246, .second, true),
      ("29-Feb-2020 00:00", 1_582_934_400, .minute, false),
    ] as [(String, Int, ListingTime.Precision, Bool)]
  )
  func times(text: String, seconds: Int, precision: ListingTime.Precision, hasZone: Bool) throws {
    let entry = try listing("<pre><a href=x>x</a>   \(text)   80757\n").entries[0]
    #expect(entry.modified?.seconds == seconds)
    #expect(entry.modified?.precision == precision)
    #expect(entry.modified?.hasZone == hasZone)
    #expect(entry.size == .exact(80_757))
  }

  @Test("What is no time is none")
  func noTimes() throws {
    let texts = [
      "30-Feb-2021 09:04", "13/01/2020 09:04", "Jan 13 09:04", "2020-13-01", "29-Feb-1900",
    ]
    for text in texts {
      #expect(try listing("<pre><a href=x>x</a>  \(text)\n").entries[0].modified == nil, "\(text)")
    }
  }

  @Test(
    "Sizes are exact, or about as large as they say",
    arguments: [
      ("997B", .exact(997)), ("80,757 bytes", .exact(80_757)), ("997 Bytes", .exact(997)),
      ("0", .exact(0)), ("1,395,864,371 bytes", .exact(1_395_864_371)),
      ("658K", .approximate(673_792, step: 1024)), ("1.1M", .approximate(1_153_433, step: 104_858)),
      ("78.87 KB", .approximate(80_762, step: 11)), ("78 kB", .approximate(79_872, step: 1024)),
      ("818.8 KiB", .approximate(838_451, step: 103)), ("-", nil), ("x86", nil), ("1.5", nil),
      ("99999999999999999999", nil), ("999999999999999T", nil),
    ] as [(String, ListingSize?)]
  )
  func sizes(text: String, size: ListingSize?) throws {
    #expect(try listing("<pre><a href=x>x</a> \(text)\n").entries[0].size == size)
    #expect(try listing("<table><tr><td>\(text)<td><a href=x>x</a>").entries[0].size == size)
  }
}

@Suite("Kinds of pages")
struct PageKindTests {
  private func kind(_ page: String) throws -> PageKind {
    let bytes = Array(page.utf8)
    var survey = PageSurvey()
    var reader = try LinkReader(charset: .bytes)
    try reader.feed(bytes.span, &survey)
    let facts = try reader.finish(&survey)
    return survey.kind(facts)
  }

  @Test("Simple pages, files and other pages are told from each other")
  func kinds() throws {
    let meta = "<meta name=pypi:repository-version content=1.0>"
    let file = "<a href=f-1.0.zip#sha256=0a>f-1.0.zip</a>"
    let cases: [(String, PageKind)] = [
      ("<title>Simple index</title><a href='/simple/a-b/'>A.b</a><a href='c/'>c</a>", .simpleRoot),
      (meta + "<title>Simple index</title>", .simpleRoot),
      (meta + "<title>Links for f</title>", .simpleProject),
      ("<title>Links for f</title><h1>Links for f</h1>" + file, .simpleProject),
      ("<a href=f-1.0.zip data-yanked>f-1.0.zip</a>", .simpleProject),
      (file + "<p>read <a href=/about>this</a>", .fileLinks),
      ("<title>Log in</title><form><a href=/forgot>Forgot?</a></form>", .other),
      ("<p>nothing</p>", .other),
      ("<title>Index of /x/</title><h1>Index of /x/</h1><a href=../>../</a>", .listing(.nginx)),
      ("<title>files</title><a href=../>up</a>" + file, .listing(nil)),
      (
        "<title>Directory listing for /</title><h1>Directory listing for /</h1>" + file,
        .listing(.python)
      ),
    ]
    for (page, kind) in cases {
      let found = try self.kind(page)
      #expect(found == kind, "\(page)")
    }
  }
}
