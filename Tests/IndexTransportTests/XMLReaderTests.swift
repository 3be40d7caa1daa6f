import IndexTransport
import Testing

@Suite("XML listings")
struct XMLReaderTests {
  private let document = """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b&amp;c</Name>\
    <Contents><Key>a%20b/é&lt;.zip</Key><ETag>&quot;x&quot;</ETag><Size>12</Size></Contents>\
    <d:empty xmlns:d="DAV:"/><t><![CDATA[<x>]]></t></ListBucketResult>
    """
  private let elements = [
    "<ListBucketResult", "<Name", "\"b&c", ">", "<Contents", "<Key", "\"a%20b/é<.zip", ">",
    "<ETag", "\"\"x\"", ">", "<Size", "\"12", ">", ">", "<empty", ">", "<t", "\"<x>", ">", ">",
  ]

  @Test("Chunks of any size give the same elements and texts", arguments: [1, 2, 3, 50, 4096])
  func chunks(size: Int) throws {
    #expect(try readXML(document, chunk: size) == elements)
  }

  @Test("A document cut anywhere is refused")
  func cuts() {
    let text = Array(document.utf8)
    for count in 0..<text.count {
      #expect(refusalXML(String(decoding: text.prefix(count), as: UTF8.self)) != nil, "\(count)")
    }
  }

  @Test("What is not well-formed is refused, with its place")
  func malformed() {
    for document in ["<a>", "<a></b>", "<a/><b/>", "x", "<a>&x;</a>", "<a>\u{1}</a>", "<a b=c/>"] {
      #expect(refusalXML(document) == .syntax, "\(document)")
    }
    #expect(refusalXML("") == .empty)
    #expect(refusalXML("<a>\0</a>") == .nul)
    let nested = { String(repeating: "<a>", count: $0) + String(repeating: "</a>", count: $0) }
    #expect(refusalXML(nested(200)) == nil && refusalXML(nested(201)) == .tooDeep)
    #expect(refusalXML("<a b='" + String(repeating: "c", count: 1 << 20) + "'/>") == .tagTooLong)
  }

  @Test("A page of a thousand keys is read whole")
  func keys() throws {
    var page = "<L>"
    for number in 0..<1000 { page += "<Contents><Key>k\(number)</Key></Contents>" }
    let lines = try readXML(page + "</L>", chunk: 1000)
    #expect(lines.filter { $0.hasPrefix("\"") } == (0..<1000).map { "\"k\($0)" })
  }
}
