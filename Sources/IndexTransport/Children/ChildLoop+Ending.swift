internal import CLinux
internal import Glibc

// The end: by order, by failure, by time.

extension ChildLoop {
  /// Does what was ordered.
  mutating func obey() {
    orders = mailbox.takeOrders()
    if let stop = orders.stop { fail(stop) }
    if orders.isFinishing { discard(.success(nil)) }
  }

  mutating func handle(_ event: ChildClock.Event) {
    switch event {
    case .timedOut(let timer, let limit): fail(.timedOut(timer, after: limit))
    case .kill:
      clock.kill()
      isKilled = true
      signalGroup(SIGKILL)
    case .sweep:
      clock.sweep()
      isSwept = true
      signalGroup(SIGKILL)
    case .abandon:
      output.close()
      error.close()
    }
  }

  /// Notes why the program is of no use any more, and tells it to end.
  mutating func fail(_ cause: ChildFailure) {
    guard failure == nil else { return }
    failure = cause
    discard(.failure(cause))
    closeInput()
    guard status == nil else { return }
    clock.terminate()
    signalGroup(SIGTERM)
  }

  /// Sends a signal to all processes that the program started, as far as they stayed in its group.
  ///
  /// It fails when none is left, or for a process that runs as another user by now, which is not
  /// this one's to end.
  func signalGroup(_ signal: Int32) { _ = clinux_signal_group(process, signal) }
}
