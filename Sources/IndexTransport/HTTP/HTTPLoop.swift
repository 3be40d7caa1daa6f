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
    let mailbox: HTTPMailbox
    do throws(IOFailure) {
      mailbox = try HTTPMailbox()
    } catch {
      throw HTTPFailure(.missingLibrary, "\(error)")
    }
    guard let multi = HTTPMulti(connections: options.connections, waking: mailbox.event),
      let first = HTTPTransfer(options)
    else { throw HTTPFailure(.missingLibrary, "libcurl cannot start") }
    if first.refusedOption != 0 {
      throw HTTPFailure(
        .missingLibrary,
        "libcurl is too old or lacks a part: it refused its option \(first.refusedOption)"
      )
    }
    self.mailbox = mailbox
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
      check(multi.perform())
      finishDone()
      if queue.isEmpty || busy.count == options.connections, mailbox.fallAsleep() {
        check(multi.wait())
        finishDone()
      }
    }
  }

  /// Starts what waits, as far as there are handles.
  private mutating func startQueued() {
    while next < queue.count, busy.count < options.connections {
      let submission = queue[next]
      next += 1
      if submission.order.interest.isOver {
        submission.skip()
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
    stop(.failure(.cancelled)) { $0.interest.isCancelled }
    let waiting = queue[next...]
    queue = waiting.filter { !$0.order.interest.isCancelled }
    next = 0
    for submission in waiting where submission.order.interest.isCancelled { submission.skip() }
  }

  private mutating func stop(_ outcome: HTTPOrder.Outcome, where isMeant: (HTTPOrder) -> Bool) {
    for place in busy.indices.reversed() {
      guard let order = busy[place].submission?.order, isMeant(order) else { continue }
      multi.remove(busy[place])
      end(place, outcome)
    }
  }

  /// Ends all that is under way if libcurl itself has failed.
  private mutating func check(_ code: CURLMcode) {
    if let fault = Self.fault(code) { stop(.failure(fault)) { _ in true } }
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
