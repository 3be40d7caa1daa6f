internal import CLinux
internal import Synchronization

/// An order and whoever waits for what comes of it.
struct HTTPSubmission: Sendable {
  enum Recipient: Sendable {
    case task(CheckedContinuation<HTTPOrder.Outcome, Never>)
    /// With the place of the order there.
    case batch(HTTPBatch, Int)
  }

  let order: HTTPOrder
  let recipient: Recipient

  /// Hands over what came of it.
  func end(_ outcome: HTTPOrder.Outcome) {
    switch recipient {
    case .task(let continuation): continuation.resume(returning: outcome)
    case .batch(let batch, let place):
      if !order.isGood(outcome) { order.interest.startNoMore() }
      batch.end(place, outcome)
    }
  }

  /// Says that it was not started.
  func skip() {
    switch recipient {
    case .task(let continuation): continuation.resume(returning: .failure(.cancelled))
    case .batch(let batch, let place): batch.end(place, nil)
    }
  }
}

/// What the tasks hand to the thread of a client.
final class HTTPMailbox: Sendable {
  private struct State {
    var submissions: [HTTPSubmission] = []
    var hasCancellations = false
    var isClosed = false
    var isThreadAsleep = false
  }

  /// What is new since the last look.
  struct News {
    var hasCancellations: Bool
    var isClosed: Bool
  }

  private let state = Mutex(State())
  /// The file by which tasks wake the thread up.
  let event: Int32

  /// - Throws: `IOFailure` when there are too many files.
  init() throws(IOFailure) {
    event = clinux_event()
    if event < 0 { throw IOFailure("eventfd", Int(event)) }
  }

  deinit { _ = clinux_close(event) }

  func submit(_ submissions: [HTTPSubmission]) {
    change { $0.submissions.append(contentsOf: submissions) }
  }

  /// Says that an order was cancelled.
  func noteCancellation() { change { $0.hasCancellations = true } }

  /// Ends the thread, which has nothing to do any more.
  func close() { change { $0.isClosed = true } }

  /// Only a thread that sleeps is woken up: that costs more than all the rest.
  private func change(_ body: (inout State) -> Void) {
    let wasAsleep = state.withLock { state in
      body(&state)
      defer { state.isThreadAsleep = false }
      return state.isThreadAsleep
    }
    if wasAsleep { _ = clinux_raise_event(event) }
  }

  /// Appends what was submitted.
  func take(into queue: inout [HTTPSubmission]) -> News {
    state.withLock { state in
      if !state.submissions.isEmpty {
        queue.append(contentsOf: state.submissions)
        state.submissions.removeAll(keepingCapacity: true)
      }
      defer { state.hasCancellations = false }
      state.isThreadAsleep = false
      return News(hasCancellations: state.hasCancellations, isClosed: state.isClosed)
    }
  }

  /// Whether the thread may sleep; whatever comes from now on wakes it up.
  func fallAsleep() -> Bool {
    state.withLock { state in
      let isQuiet = state.submissions.isEmpty && !state.hasCancellations && !state.isClosed
      state.isThreadAsleep = isQuiet
      return isQuiet
    }
  }
}
