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

  @Test("The home page and the download are pages too, unless a page is called the same")
  func readsPagesOfOldFields() {
    let old = "Home-page: https://a.example/\nDownload-URL: https://d.example/\n"
    let labels = { (text: String) in
      self.metadata(text).projectURLs.map { String(decoding: $0.label.span) }
    }
    #expect(labels(old) == ["Homepage", "Download"])
    #expect(
      labels("Project-URL: Docs, https://x.example/\n" + old) == ["Homepage", "Download", "Docs"]
    )
    #expect(
      labels("Project-URL: home_Page!, u\nProject-URL: B, c\n" + old) == [
        "Download", "home_Page!", "B",
      ]
    )
    #expect(labels("Home-page: UNKNOWN\nDownload-URL: UNKNOWN\n") == [])
  }

  @Test("Of pages with one label the first stands in a record, and those without a URL do not")
  func writesPages() {
    let text =
      "Metadata-Version: 2.0\nProject-URL: A, u\nProject-URL: A, v\nProject-URL: B\nProject-URL: , w\n"
    #expect(members(text, .other) == #","project_urls":{"A":"u","":"w"}"#)
  }

  private func description(_ text: String) -> String {
    let said = metadata(text)
    return String(decoding: said.description(in: text.utf8Span.span).span)
  }

  @Test("The body is the description, else the old field without what marks its lines")
  func readsDescriptions() {
    #expect(description("Name: a\n\n# A\n\n  b\n") == "# A\n\n  b\n")
    #expect(description("Description: old\n\nnew\n") == "new\n")
    #expect(description("Description: a\n        b\n\n") == "a\nb")
    #expect(description("Description: a\n          b\n        \n       |c\n") == "a\n  b\n\nc")
    #expect(description("Description:\n        a\r\n       b\n") == "\na\n       b")
    #expect(description("Description: a\n b\n") == "a\n b")
  }

  @Test("What is blank, unknown or longer than a MiB is no description")
  func leavesDescriptionsOut() {
    for text in ["", "\n", "\n \n\t\n", "\nUNKNOWN\n\n\n"] {
      #expect(description("Name: a\n" + text) == "")
    }
    #expect(description("Description: UNKNOWN\n") == "")
    let longest = String(repeating: "x", count: CoreMetadata.maximumDescription)
    #expect(description("Name: a\n\n" + longest) == longest)
    #expect(description("Name: a\n\n" + longest + "x") == "")
  }

  @Test("A description that is not UTF-8 is read as Latin-1")
  func readsLatin1Descriptions() {
    let text = Array("Name: a\n\ncaf".utf8) + [0xE9]
    #expect(CoreMetadata(text.span).description(in: text.span) == Array("caf\u{e9}".utf8))
  }

  @Test("A description and its type become members of a record, and nothing without one")
  func writesDescriptions() {
    let written = { (text: String) in
      var output = ByteBuffer()
      self.metadata(text).appendDescriptionMembers(of: text.utf8Span.span, to: &output)
      return String(decoding: output.span)
    }
    #expect(
      written("Description-Content-Type: text/markdown\n\na\n\tb") == """
        ,"description":"a\\n\\tb","description_content_type":"text/markdown"
        """
    )
    #expect(written("Description-Content-Type: text/markdown\n\n\n") == "")
  }
}
