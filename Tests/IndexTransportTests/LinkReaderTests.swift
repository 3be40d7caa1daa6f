import IndexTransport
import Testing

@Suite("Links of pages")
struct LinkReaderTests {
  private let page = """
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.4">
    <meta name="pypi:project-status" content="archived"><title>Links for f&amp;o</title></head>
    <body><h1>Links for <b>foo</b></h1>
    <a href="../a-1.0.zip#sha256=ab" data-requires-python="&gt;=3.8" title="x > y">a-1.0.zip</a><br>
    <a href='b%20c.zip?x=1&amp;y=2' data-yanked>b&nbsp;c</a> 13-Jan-2020<br>
    <a name="here">no link</a>
    <A HREF=c.zip data-yanked="bad &#39;one&#39;">c<span>!</span></A>
    </body></html>
    <!--SERIAL 7-->

    """

  @Test("The place of a problem counts the bytes of the page, whatever they are")
  func placesProblems() {
    let texts: [[UInt8]] = [
      [UInt8](repeating: 0xE9, count: 100),
      [0xEF, 0xBB, 0xBF] + [UInt8](repeating: 0x61, count: 97),
    ]
    for text in texts {
      do throws(MarkupProblem) {
        _ = try read(text + Array("<!-- cut".utf8))
        Issue.record("a comment without an end is read")
      } catch {
        #expect(error.code == .syntax && (90...108).contains(error.offset), "\(error)")
      }
    }
  }

  @Test("A tag that libxml2 reads before its end has come is refused", arguments: 1...60)
  func refusesCutTags(size: Int) throws {
    let pages = [
      #"<html><body><a href="a.zip" data-x="b"c" title="d > e.zip">a</a></body></html>"#,
      #"<html><body><a data-x="b"c" href="d > e.zip">a</a></body></html>"#,
    ]
    for page in pages {
      let whole = try read(page).list
      do throws(MarkupProblem) {
        #expect(try read(page, chunk: size).list.links == whole.links)
      } catch {
        #expect(error.code == .syntax)
      }
    }
  }

  @Test("Chunks of any size give the same links and facts", arguments: [1, 2, 3, 7, 64, 4096])
  func chunks(size: Int) throws {
    let (list, facts) = try read(page, chunk: size)
    #expect(list.links.map(\.href) == ["../a-1.0.zip#sha256=ab", "b%20c.zip?x=1&y=2", "c.zip"])
    #expect(list.links.map(\.text) == ["a-1.0.zip", "b\u{A0}c", "c!"])
    #expect(list.links[1].after == " 13-Jan-2020")
    #expect(facts.isClosed && facts.isUTF8 && facts.linkCount == 3)
    #expect(facts.title == Array("Links for f&o".utf8))
    #expect(facts.heading == Array("Links for foo".utf8))
    #expect(facts.meta("pypi:project-status") == Array("archived".utf8))
    #expect(facts.byteCount == page.utf8.count)
  }

  @Test("Attributes are found by name, and one without a value is known to have none")
  func attributes() throws {
    struct Attributes: LinkVisitor {
      var lines: [String] = []
      mutating func visit(_ link: borrowing PageLink) {
        for name in ["data-requires-python", "data-yanked", "title"] {
          guard let value = link.attribute(named: name) else { continue }
          lines.append("\(name)=\(string(value))" + (link.isBare(name) ? " bare" : ""))
        }
      }
    }
    var attributes = Attributes()
    var reader = try LinkReader(charset: .utf8)
    let bytes = Array(page.utf8)
    try reader.feed(bytes.span, &attributes)
    _ = try reader.finish(&attributes)
    #expect(
      attributes.lines == [
        "data-requires-python=>=3.8", "title=x > y", "data-yanked= bare", "data-yanked=bad 'one'",
      ]
    )
  }

  @Test("A page cut anywhere is refused, or says that it is not closed")
  func cuts() throws {
    let bytes = Array(page.utf8)
    let whole = try read(bytes).list.links.count
    for count in 0..<bytes.count {
      let part = Array(bytes.prefix(count))
      guard refusal(part) == nil else { continue }
      let (list, facts) = try read(part)
      #expect(!facts.isClosed || list.links.count == whole, "cut at \(count)")
    }
  }

  @Test("A tag is whole wherever chunks cut it, with > and quotes in its attributes")
  func longTags() throws {
    let title = String(repeating: "it's > than &quot;that&quot; ", count: 400)
    let page = "<p><a title=\"\(title)\" href=\"a.zip\">a</a><a href=b.zip>b</a>"
    for size in [1, 5, 100, 2047, 2048, 2049, 5000] {
      #expect(try read(page, chunk: size).list.links.map(\.href) == ["a.zip", "b.zip"])
    }
  }

  @Test("A base before the links is told, one after a link is refused")
  func base() throws {
    #expect(try read("<base href='/x/'><a href=a>a</a>").list.base == "/x/")
    #expect(refusal("<a href=a>a</a><base href='/x/'>") == .lateBase)
    #expect(try read("<base target=_top><a href=a>a</a><base>").list.base == nil)
  }

  @Test("Bytes that are no UTF-8 come through as they are, unless the page is said to be UTF-8")
  func charsets() throws {
    let page = Array("<a href='caf".utf8) + [0xE9, 0x80, 0xFF] + Array("&eacute;é'>x</a>".utf8)
    for size in [1, 2, 1000] {
      let (list, facts) = try read(page, chunk: size)
      #expect(list.hrefs == [Array("caf".utf8) + [0xE9, 0x80, 0xFF] + Array("éé".utf8)])
      #expect(!facts.isUTF8)
    }
    #expect(refusal(page, charset: .utf8) == .invalidUTF8)
    #expect(refusal([0x61, 0xC3], charset: .utf8) == .invalidUTF8)
    let plain = Array("\u{FEFF}<a href='é😀'>x</a>".utf8)
    for size in [1, 2, 3, 1000] {
      #expect(try read(plain, chunk: size, charset: .utf8).list.hrefs == [Array("é😀".utf8)])
    }
    #expect(PageCharset(contentType: Array("text/html; Charset=UTF-8".utf8).span) == .utf8)
    #expect(PageCharset(contentType: Array("text/html; charset=%s".utf8).span) == .bytes)
    #expect(PageCharset(contentType: Array("text/html;charset=ISO-8859-1".utf8).span) == .bytes)
    // What the page itself says is as little to be trusted.
    let meta = "<meta charset=shift_jis>"
    let old = "<meta http-equiv=content-type content='text/html;charset=koi8-r'>"
    #expect(try read(meta + old + "<a href='é'>x</a>").list.hrefs == [Array("é".utf8)])
  }

  @Test("Rows and cells are told from each other")
  func rows() throws {
    let table = """
      <table><tr><th>Size<th>Name</tr><tr>
        <td data-order="12">1 KiB</td>
        <td><a href=a>a</a><td><time datetime="2020-01-01T00:00:00Z">then</time></td></tr>
      """
    let link = try read(table).list.links[0]
    #expect(link.before.filter { $0 != " " && $0 != "\n" } == "\u{1F}12\u{1F}1KiB\u{1F}")
    #expect(link.after == "\u{1F}\u{1F}2020-01-01T00:00:00Z\u{1F}then")
    let lines = try read("<pre>x\ny <a href=a>a</a> 1\n2 <a href=b>b</a> 3<br>4 <a href=c>c</a>")
    #expect(lines.list.links.map(\.before) == ["y ", "2 ", "4 "])
    #expect(lines.list.links.map(\.after) == [" 1", " 3", ""])
  }
}
