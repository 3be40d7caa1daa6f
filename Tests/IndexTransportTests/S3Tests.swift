import IndexTransport
import Testing

@Suite("Requests of S3")
struct S3Tests {
  private func signature(
    _ path: String,
    _ method: HTTPRequest.Method = .get,
    _ fields: [(String, String)] = [],
    body: String? = nil
  ) throws -> String? {
    var request = HTTPRequest(
      try HTTPURL("https://examplebucket.s3.amazonaws.com\(path)"),
      method: method
    )
    request.fields = fields.compactMap { HTTPField($0.0, $0.1) }
    request.body = body.map { Array($0.utf8) }
    let key = try #require(
      S3Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
      )
    )
    let time = try #require(HTTPDate("Fri, 24 May 2013 00:00:00 GMT"))
    let signed = try S3Signer(region: "us-east-1").fields(for: request, key, at: time)
    let value = signed.first { $0.name == "Authorization" }?.value
    return value?.split(separator: "Signature=").last.map(String.init)
  }

  @Test("Amazon's own examples have their signatures")
  func signsExamples() throws {
    // The API reference of S3, "Examples: Signature Calculations".
    #expect(
      try signature("/?lifecycle")
        == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    )
    #expect(
      try signature("/?max-keys=2&prefix=J")
        == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    )
    let fields = [
      ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
    ]
    #expect(
      try signature("/test%24file.text", .put, fields, body: "Welcome to Amazon S3.")
        == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
    )
  }

  @Test("A key is never printed")
  func hidesKeys() throws {
    let key = try #require(
      S3Credentials(accessKeyID: "canary-1", secretAccessKey: "canary-2", sessionToken: "canary-3")
    )
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("canary")) }
  }

  @Test("A key that no field can hold is none", arguments: ["", "a b", "a\n", "é"])
  func refusesKeys(text: String) {
    #expect(S3Credentials(accessKeyID: text, secretAccessKey: "x") == nil)
    #expect(S3Credentials(accessKeyID: "x", secretAccessKey: text) == nil)
    #expect(S3Credentials(accessKeyID: "x", secretAccessKey: "x", sessionToken: text) == nil)
  }

  @Test("Buckets are found in hosts and in paths")
  func findsBuckets() throws {
    func url(_ bucket: String, _ endpoint: String?, _ isPathStyle: Bool? = nil) throws -> String? {
      let address = S3Address(
        bucket: bucket,
        region: "eu-west-1",
        endpoint: try endpoint.map { text throws(HTTPURLProblem) in try HTTPURL(text) },
        isPathStyle: isPathStyle
      )
      return address?.url(ofKey: "a b/c+d".utf8Span.span)?.text
    }
    let key = "a%20b/c%2Bd"
    #expect(try url("acme", nil) == "https://acme.s3.eu-west-1.amazonaws.com/\(key)")
    #expect(try url("acme", nil, true) == "https://s3.eu-west-1.amazonaws.com/acme/\(key)")
    #expect(try url("ac.me", nil) == "https://s3.eu-west-1.amazonaws.com/ac.me/\(key)")
    #expect(try url("Ac_me", nil, false) == "https://s3.eu-west-1.amazonaws.com/Ac_me/\(key)")
    #expect(try url("acme", "http://x.example:9000") == "http://x.example:9000/acme/\(key)")
    #expect(try url("acme", "https://x.example", false) == "https://acme.x.example/\(key)")
    for name in ["a", "..", "../x", "a/b", "a b", "s3://acme", "acme?x"] {
      #expect(try url(name, nil) == nil)
    }
  }

  @Test("Base64 is read back", arguments: 0..<70)
  func readsBase64(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
    #expect(Base64.bytes(of: Base64.text(of: bytes)) == bytes)
  }

  @Test("What is no base64 is none", arguments: ["A", "AA", "AA=", "AB==", "A===", "AA=A", "!AAA"])
  func refusesBase64(text: String) { #expect(Base64.bytes(of: text) == nil) }
}
