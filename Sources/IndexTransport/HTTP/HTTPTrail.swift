/// Where a request leads, from redirect to redirect.
struct HTTPTrail {
  /// The most redirects of a request.
  static let limit = 5

  /// What is asked next.
  private(set) var request: HTTPRequest
  private var redirects: [HTTPURL] = []

  init(_ request: HTTPRequest) {
    self.request = request
    // Where it goes next, the URL has no login.
    self.request.login = request.login ?? request.url.login
  }

  /// The response that an answer is, or `nil` if it leads elsewhere, which is then asked next.
  ///
  /// - Throws: `HTTPFailure`.
  mutating func follow(
    _ answer: HTTPAnswer,
    _ options: HTTPOptions
  ) throws(HTTPFailure) -> HTTPResponse? {
    let response = HTTPResponse(
      status: answer.status,
      url: request.url,
      redirects: redirects,
      body: answer.body,
      byteCount: answer.byteCount,
      framing: answer.framing,
      head: answer.head
    )
    if request.accepts(status: answer.status) {
      try check(response)
      return response
    }
    switch answer.status {
    case 301, 302, 303, 307, 308:
      try redirect(response, options)
      return nil
    case 408, 425, 429, 500...599:
      let wait = answer.head.value(of: "retry-after").flatMap { RetryAfter.wait(Array($0).span) }
      throw failure(.transient(retryAfter: wait), "status \(answer.status)", response)
    default:
      throw failure(.refused(status: answer.status), "status \(answer.status)", response)
    }
  }

  /// The failure that a fault is here.
  func failure(_ fault: HTTPFault) -> HTTPFailure { failure(fault.kind, fault.message, nil) }

  private func check(_ response: HTTPResponse) throws(HTTPFailure) {
    guard response.status == 206 else { return }
    guard let part = response.contentRange, part.answers(request),
      part.range.count == response.byteCount
    else {
      throw failure(.broken, "the part that came is not the one that was asked for", response)
    }
  }

  private mutating func redirect(
    _ response: HTTPResponse,
    _ options: HTTPOptions
  ) throws(HTTPFailure) {
    guard request.method == .get || request.method == .head else {
      throw forbidden("\(request.method.rawValue) is not sent elsewhere", response)
    }
    guard let location = response.head.value(of: "location") else {
      throw failure(.broken, "status \(response.status) without a location", response)
    }
    guard let target = request.url.resolving(Array(location).span) else {
      throw forbidden("it leads to something that is no URL of http or https", response)
    }
    if redirects.count >= Self.limit {
      throw forbidden("it is the sixth in a row", response)
    }
    if request.url.isSecure && !target.isSecure {
      throw forbidden("it leads from https to http", response)
    }
    if target.origin != request.url.origin {
      guard options.redirectHosts.allow(target, from: request.url) else {
        throw forbidden("it leads to another server, \(target.origin)", response)
      }
      request.login = nil
      request.fields.removeAll { !$0.isHarmless }
    }
    redirects.append(request.url)
    request.url = target
  }

  private func forbidden(_ reason: String, _ response: HTTPResponse) -> HTTPFailure {
    failure(.forbiddenRedirect, "the redirect is not followed: \(reason)", response)
  }

  private func failure(
    _ kind: HTTPFailure.Kind,
    _ message: String,
    _ response: HTTPResponse?
  ) -> HTTPFailure {
    HTTPFailure(kind, message, url: request.url, redirects: redirects, response: response)
  }
}

extension HTTPOptions.RedirectHosts {
  fileprivate func allow(_ target: HTTPURL, from source: HTTPURL) -> Bool {
    if target.isSecure && !source.isSecure && target.host == source.host { return true }
    return switch self {
    case .same: false
    case .named(let hosts): hosts.contains(target.host)
    case .any: true
    }
  }
}
