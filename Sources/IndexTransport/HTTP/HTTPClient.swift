internal import CCurl
internal import Glibc

/// Sends requests over few connections that are kept and shared.
///
/// One thread does it for all tasks; it ends with the client, and all its connections before.
public final class HTTPClient: Sendable {
  private let options: HTTPOptions
  private let mailbox: HTTPMailbox
  private let thread: pthread_t

  /// Starts the thread.
  ///
  /// - Throws: `HTTPFailure` of kind `missingLibrary`, or `invalidRequest` if an option makes no
  ///   sense.
  public init(_ options: HTTPOptions = HTTPOptions()) throws(HTTPFailure) {
    if let problem = options.problem { throw HTTPFailure(.invalidRequest, problem) }
    if let problem = unsafe ccurl_load() {
      throw HTTPFailure(.missingLibrary, unsafe String(cString: problem))
    }
    self.options = options
    let loop = try HTTPLoop(options)
    mailbox = loop.mailbox
    do throws(IOFailure) {
      thread = try HTTPThread.start(loop)
    } catch {
      throw HTTPFailure(.missingLibrary, "\(error)")
    }
  }

  deinit {
    mailbox.close()
    HTTPThread.join(thread)
  }

  /// Sends a request and waits for the answer; redirects of GET and HEAD are followed.
  ///
  /// Nothing is sent twice: whether another try makes sense, the failure says.
  ///
  /// - Throws: `HTTPFailure`; of kind `cancelled` soon after the task is cancelled.
  public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    if let problem = request.problem {
      throw HTTPFailure(.invalidRequest, problem, url: request.url)
    }
    var trail = HTTPTrail(request)
    // The time without progress ends an upload that stands still.
    var left = request.upload == nil ? options.timeout : max(options.timeout, .seconds(86_400))
    while true {
      let start = ContinuousClock.now
      switch await exchange(HTTPOrder(trail.request, timeout: left)) {
      case .success(let answer):
        if let response = try trail.follow(answer, options) { return response }
      case .failure(let fault): throw trail.failure(fault)
      }
      left -= ContinuousClock.now - start
    }
  }

  private func exchange(_ order: HTTPOrder) async -> HTTPOrder.Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.submit(HTTPSubmission(order: order, continuation: continuation))
      }
    } onCancel: {
      order.cancel()
      mailbox.noteCancellation()
    }
  }
}
