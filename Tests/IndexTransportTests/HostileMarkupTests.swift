import IndexTransport
import Testing

@Suite("Hostile pages")
struct HostileMarkupTests {
  @Test("A page that would lose links is refused, with a code and a place")
  func refusals() throws {
    let link = "<a href=a>a</a>"
    let meta = "<meta name=a content='\(String(repeating: "b", count: 999))'>"
    let cases: [(String, MarkupProblem.Code)] = [
      ("", .empty),
      (link + "\0" + link, .nul),
      (String(repeating: "<b>", count: 100_000) + link, .tooDeep),
      (link + "<!-- " + link, .syntax),
      (link + "<!-->" + link + "-->", .ambiguousComment),
      (link + "<!--->" + link + "-->", .ambiguousComment),
      ("<a/href=a>a</a>", .syntax),
      ("</html>" + link, .leftOver),
      ("<html></html></html>" + link, .leftOver),
      ("<title>" + link + "</title>", .hiddenLink),
      ("<textarea>" + link + "</textarea>", .hiddenLink),
      ("<!DOCTYPE html [<!ENTITY x \"y\">]>" + link, .doctype),
      ("<p " + String(repeating: "a", count: 1 << 20) + ">" + link, .tagTooLong),
      ("<p title=\"" + String(repeating: "a", count: 1 << 20) + "\">" + link, .tagTooLong),
      ("<!--" + String(repeating: "a", count: 3 << 20) + "-->" + link, .textTooLong),
      (String(repeating: meta, count: 20), .tooManyMetas),
    ]
    for (page, code) in cases {
      #expect(refusal(page) == code, "\(page.prefix(60))")
    }
    do throws(MarkupProblem) {
      _ = try read(Array(link.utf8) + [0])
    } catch {
      #expect("\(error)" == "byte 0: the page has a NUL byte (nul-byte)")
    }
  }

  @Test("What libxml2 takes for the end of a page ends nothing", arguments: [1, 2, 10, 5000])
  func ends(size: Int) throws {
    let starts = [
      "</a>", "<html></html>", "<html><body></body></html>\n<!-- -->\n",
      "<style>a > b {}</style>", "<script>var a = '</a>' + \"</\";</script>",
      String(repeating: " ", count: 2040) + "<style></style>", "<?php x ?>", "<!x>", "<p></p></p>",
    ]
    for start in starts {
      let hrefs = try read(start + "<a href=a>a</a>", chunk: size).list.links.map(\.href)
      #expect(hrefs == ["a"], "\(start)")
    }
  }

  @Test("A tag of many attributes is refused before libxml2 compares each with each")
  func attributes() {
    var page = "<a href=a "
    for number in 0..<50_000 { page += "b\(number)=c " }
    #expect(refusal(page + ">a</a>") == .tooManyAttributes)
    #expect(refusalXML("<a " + page.dropFirst(10).replacing("=c", with: "='c'") + "/>") != nil)
  }

  @Test("A page larger than the limit is refused")
  func size() {
    let page = Array("<p>0123456789".utf8)
    #expect(throws: MarkupProblem.self) {
      try read(page, chunk: 5, limits: PageLimits(size: page.count - 1))
    }
    #expect(throws: Never.self) { try read(page, limits: PageLimits(size: page.count)) }
  }

  @Test("A page of comments only has no links")
  func comments() throws {
    let page = String(repeating: "<!-- <a href=a>a</a> -->\n", count: 10_000)
    #expect(try read(page).facts.linkCount == 0)
  }

  @Test("A mebibyte of tags of 4 KiB is read or refused")
  func largeTags() throws {
    var tag = "<a href=x"
    for number in 0..<450 { tag += " a\(number)=" }
    tag += String(repeating: " ", count: 4094 - tag.utf8.count) + "></a>"
    let bytes = Array(tag.utf8)
    var list = LinkCount()
    var reader = try LinkReader(charset: .utf8, limits: PageLimits(size: 1 << 27))
    let count = 256
    do throws(MarkupProblem) {
      for _ in 0..<count { try reader.feed(bytes.span, &list) }
      #expect(try reader.finish(&list).linkCount == count)
    } catch {
      #expect(error.code == .tooManyAttributes)
    }
  }

  private struct LinkCount: LinkVisitor {
    mutating func visit(_ link: borrowing PageLink) {}
  }

  @Test("XML with any DOCTYPE is refused: entities of files, of hosts, that grow")
  func doctypes() {
    var laughs = "<!DOCTYPE l [<!ENTITY l0 \"ha\">"
    for level in 1...9 {
      let inner = String(repeating: "&l\(level - 1);", count: 10)
      laughs += "<!ENTITY l\(level) \"\(inner)\">"
    }
    let quadratic = String(repeating: "a", count: 80_000)
    let documents = [
      "<!DOCTYPE a><a/>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\">%x;]><a/>",
      laughs + "]><l>&l9;</l>",
      "<!DOCTYPE a [<!ENTITY x \"\(quadratic)\">]><a>"
        + String(repeating: "&x;", count: 20_000) + "</a>",
    ]
    for document in documents {
      #expect(refusalXML(document) == .doctype, "\(document.prefix(60))")
      #expect(refusalXML("<?xml version='1.0'?>\n<!-- c -->" + document) == .doctype)
    }
  }
}
