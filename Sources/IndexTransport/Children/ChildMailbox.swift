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

  struct State {
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

  let state = Mutex(State())
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

// What the tasks of this process see of it.

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
