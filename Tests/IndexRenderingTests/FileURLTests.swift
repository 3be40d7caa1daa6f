import IndexModel
import StrictJSON
import Testing

@testable import IndexRendering

@Suite("URLs of distributions")
struct FileURLTests {
  /// The URL of `foo-1.0+x.zip` of project `foo` as it reads from a folder.
  private func link(
    _ url: FileURL,
    from folder: PageFolder = .simple,
    own: String = "",
    html: Bool = false
  ) async throws -> String {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    let line = #"{"filename":"foo-1.0+x.zip","url":"\#(own)"}"#
    try decoder.decode(line: line.utf8Span.span, number: 1, into: &batch)
    let catalog = await Catalog.build(from: batch).catalog
    let distribution = catalog.distributions[0]
    let links = LinkWriter(url)
    var output = ByteBuffer()
    if html {
      links.appendHTML(
        distribution,
        catalog.facts(of: distribution),
        project: catalog.text.span[catalog.projects[0].name],
        from: folder,
        catalog.text.span,
        to: &output
      )
    } else {
      links.append(
        distribution,
        catalog.facts(of: distribution),
        project: catalog.text.span[catalog.projects[0].name],
        from: folder,
        catalog.text.span,
        to: &output
      )
    }
    return String(decoding: output.span)
  }

  @Test(
    "A prefix ends in one slash, whatever slashes it was given with",
    arguments: [
      ("../../pool", "../../pool/foo-1.0%2Bx.zip"), ("../../pool///", "../../pool/foo-1.0%2Bx.zip"),
      ("https://x.example", "https://x.example/foo-1.0%2Bx.zip"),
      ("HTTP://x.example/a/", "HTTP://x.example/a/foo-1.0%2Bx.zip"),
      ("file:///srv/pool", "file:///srv/pool/foo-1.0%2Bx.zip"),
      ("//x.example/a", "//x.example/a/foo-1.0%2Bx.zip"), ("/", "/foo-1.0%2Bx.zip"),
      ("pool", "pool/foo-1.0%2Bx.zip"), ("a:b/../c", nil), ("./a:b", "./a:b/foo-1.0%2Bx.zip"),
    ] as [(String, String?)]
  )
  func addsPrefix(_ prefix: String, _ expected: String?) async throws {
    if let expected {
      #expect(try await link(FileURL(prefix: prefix)) == expected)
    } else {
      #expect(throws: FileURL.Problem.scheme) { try FileURL(prefix: prefix) }
    }
  }

  @Test(
    "A prefix that no page can hold is refused",
    arguments: [
      ("", .empty), ("a b", .byte), ("a\"b", .byte), ("a'b", .byte), ("a<b", .byte), ("a>b", .byte),
      ("a\\b", .byte), ("a\nb", .byte), ("a\u{7F}", .byte), ("caf\u{E9}", .byte), ("a{b", .byte),
      ("a?b=c", .suffix), ("a#b", .suffix), ("ftp://x.example/", .scheme),
      ("javascript:alert(1)", .scheme), ("data:,x", .scheme), ("https:x", .scheme),
      ("file://host/x", .scheme), ("s3://bucket/", .scheme),
    ] as [(String, FileURL.Problem)]
  )
  func refusesPrefixes(_ prefix: String, _ problem: FileURL.Problem) {
    #expect(throws: problem) { try FileURL(prefix: prefix) }
  }

  @Test("A template says where the file name goes")
  func fillsTemplates() async throws {
    let template = try FileURL(template: "https://x.example/get?f={filename}&v=1")
    #expect(try await link(template) == "https://x.example/get?f=foo-1.0%2Bx.zip&v=1")
    #expect(
      try await link(template, html: true) == "https://x.example/get?f=foo-1.0%2Bx.zip&amp;v=1"
    )
    let bare = try FileURL(template: "{filename}")
    #expect(try await link(bare) == "foo-1.0%2Bx.zip")
    #expect(try await link(bare, from: .changelog) == "../simple/foo/foo-1.0%2Bx.zip")
  }

  @Test("A template without one place for the file name is refused")
  func refusesTemplates() {
    for template in ["", "https://x.example/", "{filename", "{name}"] {
      #expect(throws: FileURL.Problem.noFilename) { try FileURL(template: template) }
    }
    for template in ["{filename}/{filename}", "{filename}}", "a b/{filename}", "{{filename}"] {
      #expect(throws: FileURL.Problem.byte) { try FileURL(template: template) }
    }
    #expect(throws: FileURL.Problem.scheme) { try FileURL(template: "ftp://x/{filename}") }
  }

  @Test("The default is the folder pool beside the pages")
  func hasDefault() async throws {
    #expect(try await link(.pool) == "../../pool/foo-1.0%2Bx.zip")
    #expect(try FileURL(prefix: "../../pool") == .pool)
  }

  /// A prefix, and the URL from each folder.
  static let folders: [(String, [String])] = [
    (
      "../../pool",
      [
        "../../pool/", "../../pool/", "../../pool/", "../../../pool/", "../pool/",
      ]
    ),
    (
      "../pool",
      [
        "../pool/", "../../simple/pool/", "../../simple/pool/", "../../../simple/pool/",
        "../simple/pool/",
      ]
    ),
    (
      "./pool",
      [
        "./pool/", "../../simple/foo/pool/", "../../simple/foo/pool/",
        "../../../simple/foo/pool/", "../simple/foo/pool/",
      ]
    ),
    (
      ".././.././../../cdn",
      [
        ".././.././../../cdn/", "../../../../cdn/", "../../../../cdn/", "../../../../../cdn/",
        "../../../cdn/",
      ]
    ),
    ("/pool", ["/pool/", "/pool/", "/pool/", "/pool/", "/pool/"]),
  ]

  @Test("A relative URL leads to one place from every folder", arguments: folders)
  func rebases(_ prefix: String, _ expected: [String]) async throws {
    let url = try FileURL(prefix: prefix)
    let all: [PageFolder] = [.simple, .project, .legacy, .legacyRelease, .changelog]
    var found: [String] = []
    for folder in all { found.append(try await link(url, from: folder)) }
    #expect(found == expected.map { "\($0)foo-1.0%2Bx.zip" })
  }

  @Test("A record's own URL beats the prefix, and is rebased too")
  func prefersOwnURL() async throws {
    let url = try FileURL(prefix: "https://x.example/")
    let own = "../files/foo-1.0+x.zip"
    #expect(try await link(url, own: own) == "../files/foo-1.0%2Bx.zip")
    #expect(
      try await link(url, from: .changelog, own: own) == "../simple/files/foo-1.0%2Bx.zip"
    )
    #expect(
      try await link(url, from: .changelog, own: "/a/foo-1.0+x.zip") == "/a/foo-1.0%2Bx.zip"
    )
  }

  @Test("A record's own URL is encoded where a page could not hold it, its query left alone")
  func encodesOwnURL() async throws {
    let own = "https://x.example/\u{E9}'<>`^{|}!/foo-1.0%2Bx.zip?a=1+2!&b='"
    let expected =
      "https://x.example/%C3%A9%27%3C%3E%60%5E%7B%7C%7D%21/foo-1.0%2Bx.zip?a=1+2!&b=%27"
    #expect(try await link(.pool, own: own) == expected)
    #expect(
      try await link(.pool, own: own, html: true)
        == expected.split(separator: "&").joined(separator: "&amp;")
    )
  }
}
