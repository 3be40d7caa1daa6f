internal import Synchronization

/// One request of one server, without redirects.
///
/// It is handed on by reference: a request has many parts to copy.
final class HTTPOrder: Sendable {
  /// What comes of it.
  typealias Outcome = Result<HTTPAnswer, HTTPFault>

  let request: HTTPRequest
  let timeout: Duration
  let interest: HTTPInterest

  init(_ request: HTTPRequest, timeout: Duration, _ interest: HTTPInterest) {
    self.request = request
    self.timeout = timeout
    self.interest = interest
  }

  /// Whether an outcome is the one that is hoped for.
  func isGood(_ outcome: Outcome) -> Bool {
    guard case .success(let answer) = outcome else { return false }
    return request.accepts(status: answer.status)
  }
}

/// Whether somebody still waits for what comes of an order, or of several.
final class HTTPInterest: Sendable {
  private let cancelled = Atomic(false)
  private let sated = Atomic(false)

  /// Whether what is under way is to be ended.
  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  /// Whether nothing more is to be started.
  var isOver: Bool { isCancelled || sated.load(ordering: .acquiring) }

  func cancel() { cancelled.store(true, ordering: .releasing) }

  /// Lets what is under way come to its end.
  func startNoMore() { sated.store(true, ordering: .releasing) }
}

/// What a server sent, whatever its status.
struct HTTPAnswer: Sendable {
  let status: Int
  let head: HTTPHead
  let body: [UInt8]
  let byteCount: Int
  let framing: HTTPResponse.Framing
}

/// Why there is no answer.
struct HTTPFault: Error, Sendable {
  let kind: HTTPFailure.Kind
  let message: String

  init(_ kind: HTTPFailure.Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  static var cancelled: Self { Self(.cancelled, "cancelled") }
}

extension HTTPRequest {
  /// Whether a status is an answer to it; the others say why there is none.
  func accepts(status: Int) -> Bool {
    switch method {
    case .get, .head:
      status == 200 || (status == 206 && rangeText != nil) || (status == 304 && validators != nil)
    case .put, .post: status == 200 || status == 201 || status == 204
    case .mkcol: status == 200 || status == 201 || status == 204
    case .delete: status == 200 || status == 202 || status == 204
    }
  }

  /// The part that is wanted, as the field says it after `bytes=`.
  var rangeText: String? {
    suffix.map { "-\($0)" } ?? range.map { "\($0.lowerBound)-\($0.upperBound - 1)" }
  }

  /// All fields that are sent.
  var allFields: [HTTPField] {
    var all = fields
    if let login, let value = login.authorization,
      !all.contains(where: { $0.isNamed("authorization") })
    {
      all.append(HTTPField(own: "Authorization", value))
    }
    if let tag = validators?.entityTag { all.append(HTTPField(own: "If-None-Match", tag)) }
    if let date = validators?.lastModified { all.append(HTTPField(own: "If-Modified-Since", date)) }
    return all
  }
}
