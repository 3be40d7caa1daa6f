/// Why there is no answer, or none that can be used.
public struct HTTPFailure: Error, Sendable {
  /// What a caller does about it.
  public enum Kind: Sendable, Hashable {
    /// Another try may succeed: no connection, a timeout, a cut answer, 408, 425, 429 or 5xx.
    /// `retryAfter` is how long the server asks to wait, from 0 to 60 seconds.
    case transient(retryAfter: Duration?)
    /// The server answered with a status that is none of those asked for.
    case refused(status: Int)
    /// The answer exceeds ``HTTPRequest/maximumBytes``, or its fields the transport's limit.
    case tooLarge
    /// The file that takes the answer could not be written.
    case unwritable
    /// The answer is not HTTP, contradicts itself, or is encoded although nobody asked for it.
    case broken
    /// The server sends the request elsewhere, where it must not go.
    case forbiddenRedirect
    /// The server could not prove who it is (TLS).
    case untrusted
    /// The request cannot be sent as it is.
    case invalidRequest
    /// libcurl is not installed, is too old, or cannot start.
    case missingLibrary
    /// The task was cancelled.
    case cancelled
  }

  /// What a caller does about it.
  public let kind: Kind
  /// What happened, in one line without secrets; the URL is not part of it.
  public let message: String
  /// The last URL that was asked; `nil` if the client itself could not start.
  public let url: HTTPURL?
  /// The URLs before that which led there, in order.
  public let redirects: [HTTPURL]
  /// The answer with at most 64 KiB of its body, if its status is why.
  public let response: HTTPResponse?

  /// The status, if there was an answer that was refused for it.
  public var status: Int? { response?.status }

  init(
    _ kind: Kind,
    _ message: String,
    url: HTTPURL? = nil,
    redirects: [HTTPURL] = [],
    response: HTTPResponse? = nil
  ) {
    self.kind = kind
    self.message = message
    self.url = url
    self.redirects = redirects
    self.response = response
  }
}

extension HTTPFailure: CustomStringConvertible {
  /// One line: the URL, without its query, which may be signed, and what happened.
  public var description: String {
    guard let url else { return message }
    return
      "\(url.origin)\(String(decoding: url.path, as: UTF8.self))\(url.query == nil ? "" : "?...")"
      + ": \(message)"
  }
}
