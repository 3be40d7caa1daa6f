import IndexTransport
import TestSupport
import Testing

/// Resolves a reference in both ways, which must agree.
private func resolve(_ reference: String, at base: String) throws -> String? {
  let base = try HTTPURL(base)
  let bytes = Array(reference.utf8)
  let url = base.resolving(bytes.span)
  var output = Array("kept".utf8)
  let isURL = base.appendResolved(bytes.span, to: &output)
  #expect(isURL == (url != nil))
  #expect(output == Array("kept".utf8) + (url?.bytes ?? []))
  if let url {
    #expect(try HTTPURL(url.text) == url)
    #expect(url.login == nil)
  }
  return url?.text
}

@Suite struct HTTPURLTests {
  /// The examples of RFC 3986 5.4.1 and 5.4.2, without fragments; an empty path is `/` in HTTP.
  private static let examples = [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"),
    ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"),
    ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/./x", "http://a/b/c/g"), ("g#s/../x", "http://a/b/c/g"),
  ]

  @Test("References mean what the examples of RFC 3986 say", arguments: examples)
  func resolvesExamples(reference: String, expected: String) throws {
    #expect(try resolve(reference, at: "http://a/b/c/d;p?q") == expected)
  }

  @Test("Long paths lose their dot segments as RFC 3986 5.2.4 says, wherever these are")
  func resolvesLongPaths() throws {
    var random = SeededGenerator(seed: 3986)
    for _ in 0..<5_000 {
      let parts = ["..", ".", "...", ".a", "project-1.0", "packages_of_a_name.whl", "a%2E", "x"]
      let reference = (0..<Int.random(in: 1...12, using: &random)).map { _ in random.pick(parts) }
        .joined(separator: "/")
      let url = try resolve("/" + reference, at: "http://a/b")
      var segments: [Substring] = []
      for segment in reference.split(separator: "/") {
        if segment == ".." { _ = segments.popLast() }
        if segment != "." && segment != ".." { segments.append(segment) }
      }
      let isFolder = reference.hasSuffix("/.") || reference.hasSuffix("..") || reference == "."
      let end = isFolder && !reference.hasSuffix("...") && !segments.isEmpty ? "/" : ""
      #expect(url == "http://a/" + segments.joined(separator: "/") + end, "\(reference)")
    }
  }

  @Test(
    "What is no URL of http or https is none",
    arguments: [
      "g:h", "http:g", "https:", "http:/g", "http://", "https:///g", "mailto:a@b", "javascript:0",
      "ftp://a/", "file:///etc/passwd", "//", "///g", "http://a:0/", "http://a:65536/",
      "http://a:x/", "http://[::1/", "http://[]/", "http://[::1]x/", "http://a b/",
      "http://\u{e9}/",
      "http://a%20b/", "a\u{0}b", "a\nb", "\u{7f}", "http://a:1:2/", "http://@/", "http://a,b/",
    ]
  )
  func refusesOthers(reference: String) throws {
    #expect(try resolve(reference, at: "http://a/b/c/d;p?q") == nil)
  }

  @Test("White space around a reference is skipped, and bytes that no URL holds are encoded")
  func encodes() throws {
    let base = "https://index.example/simple/x/"
    #expect(try resolve(" \t\r\n../y \u{c}", at: base) == "https://index.example/simple/y")
    #expect(try resolve("a b\u{e9}", at: base) == "https://index.example/simple/x/a%20b%C3%A9")
    #expect(try resolve("a\\..\\b", at: base) == "https://index.example/simple/x/a%5C..%5Cb")
    #expect(try resolve("?a=[\"]", at: base) == "https://index.example/simple/x/?a=%5B%22%5D")
    #expect(try resolve("%zz%2e", at: base) == "https://index.example/simple/x/%zz%2e")
    #expect(try resolve("../\u{301}/../e", at: base) == "https://index.example/simple/e")
  }

  @Test("Schemes and hosts are in lower case, and the scheme's own port goes")
  func normalizes() throws {
    #expect(try HTTPURL("HTTPS://Index.EXAMPLE:443/A").text == "https://index.example/A")
    #expect(try HTTPURL("http://[::FFFF]:080?q").text == "http://[::ffff]/?q")
    #expect(try HTTPURL("http://a:443").origin != HTTPURL("https://a").origin)
    #expect(try HTTPURL("http://a:080/x").origin == HTTPURL("http://A/y?z").origin)
    #expect(try HTTPURL("http://a:8080/").origin.description == "http://a:8080")
    #expect(try HTTPURL("http://[::1]:8080/").host == "[::1]")
    #expect(try HTTPURL("http://[::1]/").host == "[::1]")
    #expect(try HTTPURL("https://a.b:8/").host == "a.b")
    let url = try HTTPURL("http://a/b/../c?d?e#f")
    #expect(String(decoding: url.path, as: UTF8.self) == "/c")
    #expect(url.query.map { String(decoding: $0, as: UTF8.self) } == "d?e")
  }

  @Test("A login is decoded, and printed by nothing")
  func hidesLogins() throws {
    let url = try HTTPURL("https://me:s%3Acret%21@index.example/")
    #expect(url.login == .basic(user: "me", password: "s:cret!"))
    #expect(url.text == "https://index.example/")
    var dumped = "\(url) \(String(reflecting: url)) \(String(describing: url.login))"
    dump(url, to: &dumped)
    dump(HTTPRequest(url), to: &dumped)
    #expect(!dumped.contains("cret"))
    #expect(try HTTPURL("http://a@b@c/").login == .basic(user: "a@b", password: ""))
    #expect(throws: HTTPURLProblem.login) { try HTTPURL("http://a%4:b@c/") }
    let page = Array("//user:word@files.example/x".utf8)
    let resolved = url.resolving(page.span)
    #expect(resolved?.text == "https://files.example/x")
  }

  @Test(
    "The problem of a text is named",
    arguments: [
      ("", HTTPURLProblem.relative), ("/a", .relative), ("//a", .relative), ("http:", .relative),
      ("ftp://a", .scheme), ("http://", .host), ("http://a:b", .port), ("http://a\u{1}", .control),
    ]
  )
  func namesProblems(text: String, problem: HTTPURLProblem) {
    #expect(throws: problem) { try HTTPURL(text) }
  }
}
