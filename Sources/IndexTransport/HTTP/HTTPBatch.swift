internal import Synchronization

/// Orders that are given and answered together, so that no task wakes up between one and the next.
///
/// As soon as one has no good answer, none of those that wait is started any more: whoever gave them
/// knows better what to do then.
final class HTTPBatch: Sendable {
  private struct State {
    var outcomes: [HTTPOrder.Outcome?]
    var missing: Int
    var continuation: CheckedContinuation<[HTTPOrder.Outcome?], Never>?
  }

  private let state: Mutex<State>

  init(_ count: Int, _ continuation: CheckedContinuation<[HTTPOrder.Outcome?], Never>) {
    state = Mutex(
      State(
        outcomes: Array(repeating: nil, count: count),
        missing: count,
        continuation: continuation
      )
    )
  }

  /// Takes what came of an order; nil if it was not started.
  func end(_ place: Int, _ outcome: HTTPOrder.Outcome?) {
    let done = state.withLock { state in
      state.outcomes[place] = outcome
      state.missing -= 1
      return state.missing == 0 ? (state.continuation.take(), state.outcomes) : (nil, [])
    }
    done.0?.resume(returning: done.1)
  }
}
