internal import CLinux
internal import Synchronization

/// What the tasks of this process and the loop of a child hand each other.
///
/// Tasks wait here without a thread; the loop looks in whenever ``wake()`` interrupts it.
final class ChildMailbox: Sendable {
  /// The bytes that wait for the loop before writers have to.
  private static let inputLimit = 1 << 18

  /// What a reader gets: a block, nil at the end of the output, or why there is none.
  typealias Delivery = Result<LineBlock?, ChildFailure>

  /// What the loop has to know.
  struct Orders {
    var stop: ChildFailure?
    var isFinishing = false
    var isInputClosed = false
    var isAwaited = false
  }

  private struct State {
    var input: [UInt8] = []
    var isInputOver = false
    var unwrittenCount = 0
    var writers: [CheckedContinuation<Bool, Never>] = []
    var block: LineBlock?
    var outputEnd: Delivery?
    var reader: CheckedContinuation<Delivery, Never>?
    var orders = Orders()
    var result: ChildResult?
    var finishers: [CheckedContinuation<ChildResult, Never>] = []
  }

  private let state = Mutex(State())
  /// The file that poll waits for.
  let event: Int32

  init() throws(IOFailure) {
    event = clinux_event()
    if event < 0 { throw IOFailure("eventfd", Int(event)) }
  }

  deinit { _ = clinux_close(event) }

  /// Lets the loop look in; a counter that is at its maximum has interrupted it already.
  private func wake() { _ = clinux_raise_event(event) }
}

// For the tasks of this process.
extension ChildMailbox {
  /// Takes input.
  ///
  /// - Returns: Whether it can still be written.
  func append(_ bytes: borrowing Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      state.withLock { state in
        guard !state.isInputOver && !state.orders.isInputClosed else {
          state.unwrittenCount += bytes.count
          return false
        }
        unsafe state.input.append(contentsOf: bytes)
        return true
      }
    }
  }

  /// Waits until more input is welcome.
  ///
  /// - Returns: Whether it is.
  func waitForRoom() async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.isInputOver { return false }
        if state.input.count <= Self.inputLimit { return true }
        state.writers.append(continuation)
        return nil
      }
      wake()
      if let answer { continuation.resume(returning: answer) }
    }
  }

  func read() async -> Delivery {
    await withCheckedContinuation { continuation in
      let delivery: Delivery? = state.withLock { state in
        if let block = state.block.take() { return .success(block) }
        if let end = state.outputEnd { return end }
        precondition(state.reader == nil, "one task at a time reads the output of a child")
        state.reader = continuation
        return nil
      }
      wake()
      if let delivery { continuation.resume(returning: delivery) }
    }
  }

  func closeInput() {
    state.withLock { $0.orders.isInputClosed = true }
    wake()
  }

  func finish() async -> ChildResult {
    await withCheckedContinuation { continuation in
      let result: ChildResult? = state.withLock { state in
        if let result = state.result { return result }
        state.orders.isInputClosed = true
        state.orders.isFinishing = true
        state.finishers.append(continuation)
        return nil
      }
      wake()
      if let result { continuation.resume(returning: result) }
    }
  }

  func stop() {
    state.withLock { $0.orders.stop = .stopped }
    wake()
  }
}

// For the loop.
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
