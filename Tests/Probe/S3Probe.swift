import IndexTransport

/// What the differential tests ask of S3.
enum S3Probe {
  /// The fields that sign a request, a tab between them, or why there are none.
  static func sign(_ arguments: [[UInt8]]) -> String {
    let texts = arguments.map { String(decoding: $0, as: UTF8.self) }
    guard texts.count == 9, let time = Int64(texts[8]).flatMap({ HTTPDate(seconds: $0) }) else {
      return "usage: s3-sign METHOD URL FIELDS BODY REGION ID SECRET TOKEN SECONDS"
    }
    let token = texts[7].isEmpty ? nil : texts[7]
    do {
      let method = HTTPRequest.Method(rawValue: texts[0]) ?? .get
      var request = HTTPRequest(try HTTPURL(texts[1]), method: method)
      request.fields = texts[2].split(separator: "\n").compactMap { line in
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return HTTPField(String(parts[0]), String(parts[1]))
      }
      if method == .put { request.body = arguments[3] }
      let credentials = S3Credentials(
        accessKeyID: texts[5],
        secretAccessKey: texts[6],
        sessionToken: token
      )
      guard let credentials else { return "credentials" }
      let fields = try S3Signer(region: texts[4]).fields(for: request, credentials, at: time)
      return fields.map { "\($0.name): \($0.value)" }.joined(separator: "\t")
    } catch {
      return "\(error)"
    }
  }

  /// The keys of a page in hexadecimal digits and the token, or why it is none.
  static func page(_ arguments: [[UInt8]]) -> String {
    do throws(S3Problem) {
      let page = try S3ListingPage(arguments.first ?? [])
      let keys = page.objects.map { "\($0.key.hexadecimal) \($0.size)" }
      return (keys + ["\(page.nextToken?.hexadecimal ?? "end")"]).joined(separator: "\t")
    } catch {
      return "problem: \(error.message)"
    }
  }
}
