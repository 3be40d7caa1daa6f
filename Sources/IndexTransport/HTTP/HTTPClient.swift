/// Sends requests over few connections that are kept and shared.
///
/// One thread does it for all tasks; it ends with the client, and all its connections before.
public final class HTTPClient: Sendable {
  private let options: HTTPOptions

  /// Starts the thread.
  ///
  /// - Throws: `HTTPFailure` of kind `missingLibrary`, or `invalidRequest` if an option makes no
  ///   sense.
  public init(_ options: HTTPOptions = HTTPOptions()) throws(HTTPFailure) {
    self.options = options
  }

  /// Sends a request and waits for the answer; redirects of GET and HEAD are followed.
  ///
  /// Nothing is sent twice: whether another try makes sense, the failure says.
  ///
  /// - Throws: `HTTPFailure`; of kind `cancelled` soon after the task is cancelled.
  public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    throw HTTPFailure(.missingLibrary, "not built yet")
  }
}
