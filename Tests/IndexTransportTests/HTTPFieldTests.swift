import Testing

@testable import IndexTransport

@Suite struct HTTPFieldTests {
  @Test(
    "No field holds what would end it, or what the transport says itself",
    arguments: [
      ("", "a"), ("A b", "c"), ("A:", "b"), ("A\u{e9}", "b"), ("A\r\n", "b"), ("A", "b\rc"),
      ("A", "b\nc"), ("A", "b\r\nc"), ("A", "b\u{0}"), ("A", "b\n\u{301}"), ("A", " b"),
      ("A", "b\t"), ("A", "\u{7f}"), ("Accept-Encoding", "gzip"), ("content-LENGTH", "1"),
      ("Transfer-Encoding", "chunked"), ("Host", "a"), ("Range", "bytes=0-1"), ("Connection", "x"),
    ]
  )
  func refuses(name: String, value: String) {
    #expect(HTTPField(name, value) == nil)
  }

  @Test("Fields are sent as they are, and shown only if they cannot be credentials")
  func hides() throws {
    let accept = try #require(HTTPField("Accept", "text/html, */*;q=0.1"))
    #expect(accept.line == "Accept: text/html, */*;q=0.1" && "\(accept)" == accept.line)
    #expect(HTTPField("X-Empty", "")?.line == "X-Empty;")
    let secret = try #require(HTTPField("X-Amz-Security-Token", "canary"))
    var shown = "\(secret) \(String(reflecting: secret))"
    dump(secret, to: &shown)
    let logins = [HTTPLogin.bearer("canary"), .basic(user: "canary", password: "canary")]
    for login in logins {
      shown += "\(login) \(String(reflecting: login))"
      dump(login, to: &shown)
    }
    #expect(!shown.contains("canary"))
  }

  @Test("Logins are encoded as RFC 7617 and RFC 6750 say")
  func encodesLogins() {
    let aladdin = HTTPLogin.basic(user: "Aladdin", password: "open sesame")
    #expect(aladdin.authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    #expect(
      HTTPLogin.basic(user: "test", password: "123\u{a3}").authorization == "Basic dGVzdDoxMjPCow=="
    )
    #expect(HTTPLogin.basic(user: "", password: "").authorization == "Basic Og==")
    #expect(HTTPLogin.basic(user: "a:b", password: "").authorization == nil)
    #expect(HTTPLogin.bearer("mF_9.B5f-4.1JqM").authorization == "Bearer mF_9.B5f-4.1JqM")
    for token in ["", "a b", "a\r\nb", "\u{e9}"] {
      #expect(HTTPLogin.bearer(token).authorization == nil)
    }
  }

  @Test("Parts of files are read as RFC 9110 says, and nothing overflows")
  func readsContentRanges() {
    func read(_ text: String) -> HTTPContentRange? { HTTPContentRange(Array(text.utf8)[...]) }
    #expect(read("bytes 0-99/1000")?.range == 0..<100)
    #expect(read("bytes 0-99/*")?.size == nil)
    let bad = [
      "bytes */1000", "bytes 5-4/10", "bytes 0-10/10", "bytes 0-9", "bytes -1-5/10", "0-9/10",
      "bytes 0-99999999999999999999/*", "bytes 0-9/10/10", "bytes 0-9 /10", "items 0-9/10",
    ]
    for text in bad { #expect(read(text) == nil, "\(text)") }
    #expect(read("bytes 5-9/10")?.answers(5..<100) == true)
    #expect(read("bytes 5-8/10")?.answers(5..<100) == false)
    #expect(read("bytes 5-9/*")?.answers(5..<100) == false)
    #expect(read("bytes 5-9/10")?.answers(5..<9) == false)
    #expect(read("bytes 4-9/10")?.answers(5..<10) == false)
  }

  @Test("The last bytes of a file are those and no others")
  func answersSuffixes() throws {
    var request = HTTPRequest(try HTTPURL("https://files.example/a"))
    request.suffix = 4
    #expect(request.rangeText == "-4")
    let answers = [
      "bytes 6-9/10": true, "bytes 0-2/3": true, "bytes 0-3/4": true, "bytes 6-9/*": false,
      "bytes 5-9/10": false, "bytes 7-9/10": false, "bytes 6-8/10": false, "bytes 1-2/3": false,
    ]
    for (text, expected) in answers {
      let part = try #require(HTTPContentRange(Array(text.utf8)[...]))
      #expect(part.answers(request) == expected, "\(text)")
    }
    #expect(request.problem == nil)
    request.suffix = 0
    #expect(request.problem != nil)
    (request.suffix, request.range) = (4, 0..<4)
    #expect(request.problem != nil)
  }

  @Test("Only tags and dates are kept that can be sent back")
  func keepsValidators() {
    func keeps(_ tag: String) -> Bool { HTTPValidators(entityTag: tag, lastModified: nil) != nil }
    for tag in ["\"a\"", "W/\"a\"", "\"\"", "abc-123"] { #expect(keeps(tag), "\(tag)") }
    for tag in ["", "*", "\"", "\"a\rb\"", "\"a b\"", "\"a\"b\"", "a\"", "\"\u{e9}\"", "W/"] {
      #expect(keeps(tag) == (tag == "W/"), "\(tag)")
    }
    #expect(HTTPValidators(entityTag: nil, lastModified: "yesterday") == nil)
    let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    #expect(HTTPValidators(entityTag: "*", lastModified: date)?.lastModified == date)
  }
}
