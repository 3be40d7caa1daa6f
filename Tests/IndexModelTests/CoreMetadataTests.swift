import IndexModel
import StrictJSON
import Testing

@Suite("Metadata files")
struct CoreMetadataTests {
  private func metadata(_ text: String) -> CoreMetadata { CoreMetadata(text.utf8Span.span) }

  private func members(_ text: String, _ origin: CoreMetadata.Origin = .wheel) -> String {
    var output = ByteBuffer()
    metadata(text).appendRecordMembers(of: origin, to: &output)
    return String(decoding: output.span)
  }

  @Test("A wheel without requirements is known to have none")
  func knowsNone() {
    #expect(members("Name: acme\n") == #","requires_dist":[]"#)
    #expect(members("Name: acme\n", .other) == "")
    #expect(members("Metadata-Version: 2.2\n", .other) == #","requires_dist":[]"#)
    #expect(members("Metadata-Version: 2.2\nDynamic: Requires-Dist\n", .other) == "")
  }

  @Test("An expression beats what the author calls the license, and a whole text is none")
  func choosesLicense() {
    #expect(members("License: MIT\nLicense-Expression: MIT-0\n").hasSuffix(#""license":"MIT-0""#))
    #expect(members("License: MIT\n").hasSuffix(#""license":"MIT""#))
    #expect(metadata("License: Permission is\n        hereby granted\n").license.isEmpty)
    #expect(metadata("License: UNKNOWN\n").license.isEmpty)
  }

  @Test("Texts become members of a record as they are")
  func writesJSON() throws {
    let text =
      "Requires-Python: >=3.8\nSummary: \"a\" \u{e9}\n  b\nRequires-Dist: b; extra == 'x'\n"
    let said = members(text)
    let record = #"{"filename":"acme-1.0.zip""# + said + "}"
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    try decoder.decode(line: record.utf8Span.span, number: 1, into: &batch)
    let facts = batch.facts(of: batch.records[0])
    #expect(String(decoding: batch.text.span[facts.summary]) == "\"a\" \u{e9} b")
    #expect(String(decoding: batch.text.span[facts.requiresPython]) == ">=3.8")
    #expect(String(decoding: batch.text.span[facts.requiresDist]) == "b; extra == 'x'\0")
  }

  @Test("Pages of a project are a label and a URL")
  func readsPages() {
    let text = "Project-URL: Home, https://a.example/,x\nProject-URL: alone\nproject-url:  B ,c \n"
    let pages = metadata(text).projectURLs
    #expect(pages.map { String(decoding: $0.label.span) } == ["Home", "alone", "B"])
    #expect(pages.map { String(decoding: $0.url.span) } == ["https://a.example/,x", "", "c"])
  }

  @Test("Old tools wrote Latin-1")
  func readsLatin1() {
    let text = Array("Summary: caf".utf8) + [0xE9, 0x0A]
    #expect(CoreMetadata(text.span).summary == Array("caf\u{e9}".utf8))
  }
}
