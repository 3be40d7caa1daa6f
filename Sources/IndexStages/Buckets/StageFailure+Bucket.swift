import IndexPipeline
import IndexTransport

extension StageFailure {
  /// Classifies what came of a request to a bucket.
  ///
  /// - Parameters:
  ///   - failure: What came of it.
  ///   - client: Who sent it.
  ///   - place: What it was about.
  ///   - request: What was asked.
  init(_ failure: HTTPFailure, _ client: BucketClient, _ place: String, _ request: HTTPRequest) {
    guard let response = failure.response else {
      self.init(failure, client.title, request.url)
      return
    }
    let refusal = S3Refusal(response.body)
    let region = refusal?.region ?? response.field("x-amz-bucket-region")
    if let region, S3Address.isRegion(region), region != client.region, response.status < 500 {
      self.init(
        .config,
        code: "wrong-region",
        "\(client.title): \(place): the bucket is in \(region), not in \(client.region)",
        help: "give \"region\": \"\(region)\""
      )
      return
    }
    let said = refusal.map { $0.message.utf8.isEmpty ? $0.code : "\($0.code): \($0.message)" }
    let code = refusal?.code ?? Self.usualCode(response.status, request)
    self.init(
      Self.kind(of: failure, code),
      code: Self.ownCode(code),
      "\(client.title): \(place): \(said ?? failure.message)",
      help: Self.help(code, response, request)
    )
  }

  private static func kind(of failure: HTTPFailure, _ code: String) -> Kind {
    switch failure.kind {
    case .transient(let wait): .transient(retryAfter: wait)
    default:
      switch code {
      case "RequestTimeout", "SlowDown": .transient(retryAfter: nil)
      case "PermanentRedirect", "AuthorizationHeaderMalformed": .config
      default: .unavailable
      }
    }
  }

  /// What a status says where no document can, as in answers to HEAD.
  private static func usualCode(_ status: Int, _ request: HTTPRequest) -> String {
    switch status {
    case 403: "AccessDenied"
    case 404: request.method == .head ? "NoSuchKey" : "NoSuchBucket"
    default: ""
    }
  }

  private static func ownCode(_ code: String) -> String {
    switch code {
    case "AccessDenied", "AllAccessDisabled": "access-denied"
    case "NoSuchBucket": "no-bucket"
    case "NoSuchKey": "no-object"
    case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed": "wrong-region"
    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
      "InvalidClientTokenId":
      "wrong-credentials"
    case "RequestTimeTooSkewed": "wrong-clock"
    case "SlowDown": "busy"
    default: "refused-request"
    }
  }

  private static func help(
    _ code: String,
    _ response: HTTPResponse,
    _ request: HTTPRequest
  ) -> String? {
    switch ownCode(code) {
    case "access-denied":
      let action = request.method == .head ? "s3:GetObject" : "s3:ListBucket"
      return "the key needs the permission \(action); if the bucket is public, give "
        + "\"anonymous\": true"
    case "no-bucket": return "check \"bucket\", \"region\" and \"endpoint\""
    case "wrong-region": return "check \"region\" and \"endpoint\""
    case "wrong-credentials":
      return "check the key, or where it comes from: \"access_key_id\" and \"secret_access_key\", "
        + "the environment, or the profile"
    case "wrong-clock":
      let time = response.field("date").flatMap { HTTPDate($0) }
      return "set the clock of this machine\(time.map { ": there it is \($0)" } ?? "")"
    default: return nil
    }
  }
}
