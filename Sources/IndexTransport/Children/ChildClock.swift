/// Says when a child has taken too long.
///
/// Time in which this machine sleeps does not count.
struct ChildClock {
  typealias Instant = SuspendingClock.Instant

  /// What is due at a moment.
  enum Event {
    /// A limit is exceeded.
    case timedOut(ChildTimer, Duration)
    /// The program did not obey SIGTERM.
    case kill
    /// Processes that the program left behind still hold its output.
    case sweep
    /// They hold it although they were killed.
    case abandon
  }

  /// What the loop sees when it asks for the time.
  struct Situation {
    /// Whether bytes moved since it asked before.
    var hasMoved: Bool
    /// Whether the program has written a line.
    var hasSpoken: Bool
    /// Whether someone waits for the program, and not the program for someone.
    var isAwaited: Bool
    /// Whether the program could write, if only someone read.
    var isHeld: Bool
    /// Whether the program has nothing left to do.
    var isDone: Bool
  }

  private let limits: ChildLimits
  private let start: Instant
  private var now: Instant
  private var situation: Situation
  private var lastSign: Instant
  private var done: Instant?
  private var terminated: Instant?
  private var isKilled = false
  private var ended: Instant?
  private var isSwept = false

  init(limits: ChildLimits) {
    self.limits = limits
    start = .now
    now = start
    lastSign = start
    situation = Situation(
      hasMoved: false,
      hasSpoken: false,
      isAwaited: false,
      isHeld: false,
      isDone: false
    )
  }

  /// Takes the time.
  mutating func advance(_ situation: Situation) {
    let before = now
    now = .now
    // Silence begins when someone begins to wait; what the program did before is of no interest.
    if situation.hasMoved || !situation.isAwaited || !self.situation.isAwaited { lastSign = now }
    if situation.isDone && done == nil { done = now }
    // Time in which nobody reads is not the time of those who write.
    if situation.isHeld, let ended { self.ended = ended + (now - before) }
    self.situation = situation
  }

  /// The program was sent SIGTERM.
  mutating func terminate() { terminated = terminated ?? .now }
  /// The program was sent SIGKILL.
  mutating func kill() { isKilled = true }
  /// The program has ended.
  mutating func end() { ended = .now }
  /// What the program left behind was sent SIGKILL.
  mutating func sweep() {
    isSwept = true
    ended = now
  }

  /// What is due next, if nothing happens before.
  private var next: (time: Instant, event: Event)? {
    if let ended { return (ended + limits.leftover, isSwept ? .abandon : .sweep) }
    if let terminated { return isKilled ? nil : (terminated + limits.stop, .kill) }
    var next: (time: Instant, event: Event)?
    func consider(_ timer: ChildTimer, _ limit: Duration?, since start: Instant?) {
      guard let limit, let start else { return }
      let time = start + limit
      if let earliest = next, earliest.time <= time { return }
      next = (time, .timedOut(timer, limit))
    }
    consider(.overall, limits.overall, since: start)
    consider(.startup, limits.startup, since: situation.hasSpoken ? nil : start)
    consider(.silence, limits.silence, since: situation.isAwaited ? lastSign : nil)
    consider(.stop, limits.stop, since: done)
    return next
  }

  /// What is due now.
  var due: Event? {
    guard let next, next.time <= now else { return nil }
    return next.event
  }

  /// The milliseconds until something is due, as poll takes them: -1 for ever.
  var wait: Int32 {
    guard let next else { return -1 }
    let left = (next.time - now).components
    if left.seconds >= 1_000_000 { return 1_000_000_000 }
    return Int32(left.seconds) * 1000 + Int32(left.attoseconds / 1_000_000_000_000_000) + 1
  }
}
