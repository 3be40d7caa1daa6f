internal import CCurl
internal import Synchronization

/// An order and the task that waits for what comes of it.
struct HTTPSubmission: Sendable {
  let order: HTTPOrder
  let continuation: CheckedContinuation<HTTPOrder.Outcome, Never>

  func end(_ outcome: HTTPOrder.Outcome) { continuation.resume(returning: outcome) }
}

/// What the tasks hand to the thread of a client.
@safe
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
  /// The multi handle, which outlives the tasks that wake the thread up.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

  init(multi: UnsafeMutableRawPointer) { unsafe self.multi = unsafe multi }

  func submit(_ submission: HTTPSubmission) { change { $0.submissions.append(submission) } }

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
    if wasAsleep { _ = unsafe ccurl_multi_wakeup(multi) }
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
