internal import CLinux
internal import Synchronization

// What the loop sees of it.

extension ChildMailbox {
  /// Makes the event wait for the next ``wake()``, and says what was ordered before it.
  func takeOrders() -> Orders {
    // It fails when nothing was raised, which is no failure.
    _ = clinux_clear_event(event)
    return state.withLock { state in
      var orders = state.orders
      orders.isAwaited = state.reader != nil || !state.writers.isEmpty || orders.isFinishing
      return orders
    }
  }

  /// Exchanges `bytes`, which are written, for those that are to be written next.
  func takeInput(_ bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    let writers = state.withLock { state in
      swap(&bytes, &state.input)
      defer { state.writers = [] }
      return state.writers
    }
    for writer in writers { writer.resume(returning: true) }
  }

  /// Takes no more input.
  ///
  /// - Parameter count: The bytes taken before that are not written.
  func refuseInput(_ count: Int) {
    let writers = state.withLock { state in
      state.isInputOver = true
      state.unwrittenCount += state.input.count + count
      state.input = []
      defer { state.writers = [] }
      return state.writers
    }
    for writer in writers { writer.resume(returning: false) }
  }

  /// Whether there is a reader, or room for a block that `isFull`.
  func wantsBlock(isFull: Bool) -> Bool {
    state.withLock { $0.reader != nil || (isFull && $0.block == nil) }
  }

  func deliver(_ block: LineBlock) {
    let reader = state.withLock { state in
      if state.reader == nil { state.block = block }
      return state.reader.take()
    }
    reader?.resume(returning: .success(block))
  }

  /// Whether readers have taken all that was delivered.
  var isRead: Bool { state.withLock { $0.block == nil } }

  /// Says that all of the output is delivered.
  func endOutput() {
    let reader = state.withLock { state in
      state.outputEnd = .success(nil)
      return state.reader.take()
    }
    reader?.resume(returning: .success(nil))
  }

  /// Says that nothing more will be delivered, and why, unless all of the output was.
  ///
  /// - Parameter count: The bytes that could not be delivered.
  /// - Returns: Those, and those that were and that nobody has read.
  func abandonOutput(_ reason: Delivery, losing count: Int) -> Int {
    let (reader, lost) = state.withLock { state in
      let lost = count + (state.block.take()?.bytes.count ?? 0)
      if lost > 0 || state.outputEnd == nil { state.outputEnd = reason }
      return (state.reader.take(), lost)
    }
    reader?.resume(returning: reason)
    return lost
  }

  /// The bytes that were refused.
  var unwrittenCount: Int { state.withLock { $0.unwrittenCount } }

  /// Says that all is over.
  func end(with result: ChildResult) {
    let finishers = state.withLock { state in
      state.result = result
      defer { state.finishers = [] }
      return state.finishers
    }
    for finisher in finishers { finisher.resume(returning: result) }
  }
}
