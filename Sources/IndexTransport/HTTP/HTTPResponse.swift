/// What a server answered.
public struct HTTPResponse: Sendable {
  /// How the end of a body is known.
  public enum Framing: Sendable, Hashable {
    /// Its length was announced, and so many bytes came; or there is no body.
    case length
    /// Its last chunk (HTTP/1.1) or frame (HTTP/2) is marked, and came.
    case chunked
    /// The connection ended: the body may have been cut, and only its content can tell.
    case untilClose
  }

  /// The status code.
  public let status: Int
  /// Where it was found in the end.
  public let url: HTTPURL
  /// The URLs before that which led there, in order.
  public let redirects: [HTTPURL]
  /// The content; empty if ``HTTPRequest/file`` took it.
  public let body: [UInt8]
  /// The bytes of the content.
  public let byteCount: Int
  /// How the end of ``body`` is known.
  public let framing: Framing
  let head: HTTPHead

  /// The value of a field, without white space around it; the last one if there are several.
  ///
  /// - Parameter name: In lower case.
  /// - Complexity: O(*n*) of all fields.
  public func field(_ name: String) -> String? {
    head.value(of: name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What to send to get the next version only; `nil` if the server said nothing usable.
  public var validators: HTTPValidators? {
    HTTPValidators(entityTag: field("etag"), lastModified: field("last-modified"))
  }

  /// Which bytes of how many ``body`` is, after 206.
  public var contentRange: HTTPContentRange? {
    head.value(of: "content-range").flatMap { HTTPContentRange($0) }
  }
}
