/// Signs requests of an S3 service (AWS Signature Version 4).
///
/// The signature holds for exactly one URL, body and quarter of an hour: it must be made for each
/// attempt, and never follows a redirect.
///
/// Source: "Authenticating Requests: Using the Authorization Header", Amazon S3 API Reference.
public struct S3Signer: Sendable, Hashable {
  /// The region that the bucket is in.
  public let region: String

  /// Creates a signer for a region.
  public init(region: String) { self.region = region }

  /// The fields that sign a request, to be added to it.
  ///
  /// - Parameters:
  ///   - request: The request with all of its own fields; a path and a query are best in the form of
  ///     ``S3Encoding``, which servers that do not normalize them want.
  ///   - credentials: Whose request it is.
  ///   - time: Now; services refuse what is more than 15 minutes off.
  /// - Throws: `LibraryFailure` if libcrypto is missing.
  public func fields(
    for request: HTTPRequest,
    _ credentials: S3Credentials,
    at time: HTTPDate
  ) throws(LibraryFailure) -> [HTTPField] {
    let body = request.body ?? []
    var content = try Digest.of(body.span).hexadecimal
    if let upload = request.upload { content = upload.sha256 }
    var added = [
      HTTPField(own: "x-amz-content-sha256", content),
      HTTPField(own: "x-amz-date", time.compact),
    ]
    if let token = credentials.sessionToken {
      added.append(HTTPField(own: "x-amz-security-token", token))
    }
    let canonical = S3CanonicalRequest(request, added)
    let scope = "\(time.compact.prefix(8))/\(region)/s3/aws4_request"
    let digest = try Digest.of(canonical.text.span).hexadecimal
    let text = "AWS4-HMAC-SHA256\n\(time.compact)\n\(scope)\n\(digest)"
    let key = try signingKey(credentials, scope)
    let signature = try HMAC.sha256(key: key.span, text.utf8Span.span).hexadecimal
    added.append(
      HTTPField(
        own: "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
          + "SignedHeaders=\(canonical.signedNames), Signature=\(signature)"
      )
    )
    return added
  }

  /// The secret, narrowed to a day, a region and a service.
  private func signingKey(
    _ credentials: S3Credentials,
    _ scope: String
  ) throws(LibraryFailure) -> [UInt8] {
    var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
    for part in scope.utf8.split(separator: UInt8(ascii: "/")) {
      key = try HMAC.sha256(key: key.span, Array(part).span)
    }
    return key
  }
}
