internal import CCurl

/// The thread of a client: moves orders in and answers out.
struct HTTPLoop: ~Copyable {
  private let multi: HTTPMulti
  let mailbox: HTTPMailbox
  private let options: HTTPOptions
  private var idle: [HTTPTransfer]
  private var busy: [HTTPTransfer] = []
  // libcurl's own queue would count the time spent in it against the timeouts.
  /// What waits for a handle: those from ``next`` on.
  private var queue: [HTTPSubmission] = []
  private var next = 0

  /// Creates the loop with its first handle.
  ///
  /// - Throws: `HTTPFailure` of kind `missingLibrary`.
  init(_ options: HTTPOptions) throws(HTTPFailure) {
    guard let multi = HTTPMulti(connections: options.connections),
      let first = HTTPTransfer(options)
    else { throw HTTPFailure(.missingLibrary, "libcurl cannot start") }
    if first.refusedOption != 0 {
      throw HTTPFailure(
        .missingLibrary,
        "libcurl is too old or lacks a part: it refused its option \(first.refusedOption)"
      )
    }
    mailbox = unsafe HTTPMailbox(multi: multi.raw)
    self.multi = multi
    self.options = options
    idle = [first]
  }

  deinit { for transfer in busy { multi.remove(transfer) } }

  /// Runs until the client is gone.
  mutating func run() {
    while true {
      let news = mailbox.take(into: &queue)
      if news.isClosed { return }
      if news.hasCancellations { dropCancelled() }
      startQueued()
      if let fault = Self.fault(multi.perform()) { stop(.failure(fault)) { _ in true } }
      finishDone()
      if queue.isEmpty || busy.count == options.connections, mailbox.fallAsleep() { multi.wait() }
    }
  }

  /// Starts what waits, as far as there are handles.
  private mutating func startQueued() {
    while next < queue.count, busy.count < options.connections {
      let submission = queue[next]
      next += 1
      if submission.order.isCancelled {
        submission.end(.failure(.cancelled))
      } else if let transfer = idle.popLast() ?? HTTPTransfer(options) {
        let fault = transfer.begin(submission) ?? Self.fault(multi.add(transfer))
        busy.append(transfer)
        if let fault { end(busy.count - 1, .failure(fault)) }
      } else {
        submission.end(.failure(HTTPFault(.missingLibrary, "libcurl cannot start")))
      }
    }
    if next == queue.count || next > 1024 {
      queue.removeSubrange(..<next)
      next = 0
    }
  }

  /// Hands over what came.
  private mutating func finishDone() {
    while let (place, code) = multi.nextDone(of: busy) {
      multi.remove(busy[place])
      end(place, busy[place].outcome(code))
    }
  }

  /// Ends what nobody waits for any more.
  private mutating func dropCancelled() {
    stop(.failure(.cancelled)) { $0.isCancelled }
    let waiting = queue[next...]
    queue = waiting.filter { !$0.order.isCancelled }
    next = 0
    for submission in waiting where submission.order.isCancelled {
      submission.end(.failure(.cancelled))
    }
  }

  private mutating func stop(_ outcome: HTTPOrder.Outcome, where isMeant: (HTTPOrder) -> Bool) {
    for place in busy.indices.reversed() {
      guard let order = busy[place].submission?.order, isMeant(order) else { continue }
      multi.remove(busy[place])
      end(place, outcome)
    }
  }

  /// Ends the transfer at a place; the last one takes the place.
  private mutating func end(_ place: Int, _ outcome: HTTPOrder.Outcome) {
    let transfer = busy[place]
    busy.swapAt(place, busy.count - 1)
    busy.removeLast()
    let submission = transfer.submission
    transfer.clear()
    idle.append(transfer)
    submission?.end(outcome)
  }

  private static func fault(_ code: CURLMcode) -> HTTPFault? {
    if code == CURLM_OK { return nil }
    return HTTPFault(.transient(retryAfter: nil), unsafe String(cString: ccurl_multi_error(code)))
  }
}
