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
      switch await exchange(trail.request, timeout: left) {
      case .success(let answer):
        if let response = try trail.follow(answer, options) { return response }
      case .failure(let fault): throw trail.failure(fault)
      }
      left -= ContinuousClock.now - start
    }
  }

  /// Sends requests that write, each once, until one of them has no good answer.
  ///
  /// It is much faster than to send them one by one: no task wakes up in between.
  ///
  /// - Returns: What came of each; nil for those that were not sent any more, or whose answers nobody
  ///   waited for because the task was cancelled.
  public func sendAll(_ requests: [HTTPRequest]) async -> [Result<HTTPResponse, HTTPFailure>?] {
    if requests.isEmpty { return [] }
    if let place = requests.firstIndex(where: { $0.problem != nil }) {
      let request = requests[place]
      let failure = HTTPFailure(.invalidRequest, request.problem ?? "", url: request.url)
      return requests.indices.map { $0 == place ? .failure(failure) : nil }
    }
    let interest = HTTPInterest()
    let outcomes = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let batch = HTTPBatch(requests.count, continuation)
        mailbox.submit(
          requests.enumerated().map { place, request in
            HTTPSubmission(
              order: HTTPOrder(request, timeout: options.timeout, interest),
              recipient: .batch(batch, place)
            )
          }
        )
      }
    } onCancel: {
      interest.cancel()
      mailbox.noteCancellation()
    }
    return zip(requests, outcomes).map { request, outcome in
      outcome.flatMap { result(of: request, $0) }
    }
  }

  /// What an outcome is to whoever asked; nil if a redirect of a request that reads was to be followed.
  private func result(
    of request: HTTPRequest,
    _ outcome: HTTPOrder.Outcome
  ) -> Result<HTTPResponse, HTTPFailure>? {
    var trail = HTTPTrail(request)
    do throws(HTTPFailure) {
      switch outcome {
      case .success(let answer): return try trail.follow(answer, options).map { .success($0) }
      case .failure(let fault): return .failure(trail.failure(fault))
      }
    } catch {
      return .failure(error)
    }
  }

  private func exchange(_ request: HTTPRequest, timeout: Duration) async -> HTTPOrder.Outcome {
    let interest = HTTPInterest()
    let order = HTTPOrder(request, timeout: timeout, interest)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.submit([HTTPSubmission(order: order, recipient: .task(continuation))])
      }
    } onCancel: {
      interest.cancel()
      mailbox.noteCancellation()
    }
  }
}
