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
  ///   - secrets: What must not be shown, whatever the service says.
  init(
    _ failure: HTTPFailure,
    _ client: BucketClient,
    _ place: String,
    _ request: HTTPRequest,
    hiding secrets: Secrets
  ) {
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
    let said = refusal?.text(hiding: secrets)
    let reason = BucketRefusal(refusal?.code, status: response.status, request.method)
    let kind: Kind
    switch (failure.kind, reason) {
    case (.transient(let wait), _): kind = .transient(retryAfter: wait)
    case (_, .busy): kind = .transient(retryAfter: nil)
    case (_, .wrongRegion): kind = .config
    default: kind = .unavailable
    }
    self.init(
      kind,
      code: reason.code,
      "\(client.title): \(place): \(said ?? failure.message)",
      help: reason.help(response, request.method)
    )
  }
}

extension S3Refusal {
  /// The code and the message, cut where they are long, but never within a secret.
  func text(hiding secrets: Secrets) -> String {
    let whole = secrets.masking(message.utf8.isEmpty ? code : "\(code): \(message)")
    return String(decoding: whole.utf8.prefix(300), as: UTF8.self)
  }
}
