internal import CLinux
internal import Glibc

/// The thread of one child: moves bytes, watches the clock, and leaves nothing behind.
///
/// It alone touches the pipes and sends signals. Until it has taken the status of the child, the
/// kernel gives the number of the child, and thereby of its group, to nobody else.
struct ChildLoop: ~Copyable {
  /// How often a child is looked after where the kernel does not say when it ends.
  private static let glance: Int32 = 20

  let process: Int32
  let mailbox: ChildMailbox
  var input: PipeEnd
  var output: PipeEnd
  var error: PipeEnd
  var clock: ChildClock
  var framer: LineFramer
  var tail: ErrorTail
  /// The bytes that are being written, and how many of them are.
  var pending: [UInt8] = []
  var writtenCount = 0
  /// The bytes of output or error that were just read and are not kept.
  var scratch: [UInt8] = []
  var orders = ChildMailbox.Orders()
  var failure: ChildFailure?
  var status: ChildStatus?
  var isDiscarding = false
  var isOutputAtEnd = false
  var isMidLine = false
  var unreadCount = 0
  var hasMoved = false
  var isKilled = false
  var isSwept = false
  private let watch: PipeEnd
  private var isSettled = false
  private var polls = [pollfd](repeating: pollfd(), count: 5)

  init(
    process: Int32,
    mailbox: ChildMailbox,
    pipes: consuming ChildPipes,
    limits: ChildLimits,
    observer: (any ChildObserver)?
  ) {
    self.process = process
    self.mailbox = mailbox
    // The child's ends close here, so that the end of a pipe can be seen.
    input = pipes.input.writing
    output = pipes.output.reading
    error = pipes.error.reading
    // Kernels before 5.3, and containers that forbid the call, have no such file.
    watch = PipeEnd(owning: clinux_watch(process))
    clock = ChildClock(limits: limits)
    framer = LineFramer(limit: limits.lineBytes)
    tail = ErrorTail(observer: observer)
  }

  /// Runs until the child has ended and its output is taken.
  mutating func run() {
    while true {
      obey()
      refill()
      handOver()
      settle()
      if isOver { break }
      clock.advance(situation)
      hasMoved = false
      if let event = isSettled ? nil : clock.due {
        handle(event)
      } else {
        wait()
      }
    }
    tail.finish()
    mailbox.end(with: result)
  }

  private var situation: ChildClock.Situation {
    let isHeld = output.isOpen && !isDiscarding && framer.isFull
    return ChildClock.Situation(
      hasMoved: hasMoved,
      hasSpoken: framer.hasSpoken || isDiscarding,
      isAwaited: orders.isAwaited && !isHeld,
      isHeld: isHeld,
      isDone: orders.isFinishing || (orders.isInputClosed && isOutputAtEnd)
    )
  }

  private var isOver: Bool {
    isSettled && (isDiscarding || (framer.count == 0 && mailbox.isRead))
  }

  /// Waits until something happens, and moves what can be moved.
  private mutating func wait() {
    let wantsOutput = isDiscarding || !framer.isFull
    polls[0] = pollfd(fd: mailbox.event, events: Int16(POLLIN), revents: 0)
    polls[1] = pollfd(
      fd: input.descriptor,
      events: writtenCount < pending.count ? Int16(POLLOUT) : 0,
      revents: 0
    )
    polls[2] = pollfd(
      fd: wantsOutput ? output.descriptor : -1,
      events: Int16(POLLIN),
      revents: 0
    )
    polls[3] = pollfd(fd: error.descriptor, events: Int16(POLLIN), revents: 0)
    polls[4] = pollfd(
      fd: status == nil ? watch.descriptor : -1,
      events: Int16(POLLIN),
      revents: 0
    )
    var timeout = isSettled ? -1 : clock.wait
    if status == nil && !watch.isOpen {
      timeout = timeout < 0 ? Self.glance : min(timeout, Self.glance)
    }
    let count = nfds_t(polls.count)
    // It fails when a signal comes in between; the next round waits again.
    _ = unsafe polls.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, count, timeout) }
    if polls[1].revents != 0 { moveInput(isBroken: polls[1].revents & Int16(POLLERR) != 0) }
    if polls[2].revents != 0 { moveOutput() }
    if polls[3].revents != 0 { moveErrors() }
    if status == nil && (polls[4].revents != 0 || !watch.isOpen) { noteEnd() }
  }

  private mutating func noteEnd() {
    status = ChildStatus.of(process, take: false)
    guard status != nil else { return }
    clock.end()
    closeInput()
  }

  /// Ends the group, and lets its number go, when nobody holds the pipes any more.
  private mutating func settle() {
    guard status != nil && !isSettled && !output.isOpen && !error.isOpen else { return }
    signalGroup(SIGKILL)
    _ = ChildStatus.of(process, take: true)
    isSettled = true
  }

  private var result: ChildResult {
    let status = status ?? .unknown
    let unwritten = mailbox.unwrittenCount
    let first: ChildFailure? =
      if let failure {
        failure
      } else if status != .exited(0) {
        .died(status)
      } else if isSwept {
        .leftProcesses
      } else if unwritten > 0 {
        .brokenPipe(unwritten: unwritten)
      } else {
        nil
      }
    return ChildResult(
      status: status,
      failure: first,
      outputEnd: isOutputAtEnd ? (isMidLine ? .midLine : .line) : .never,
      unreadCount: unreadCount,
      unwrittenCount: unwritten,
      errorLines: tail.lines,
      wasKilled: isKilled
    )
  }
}
