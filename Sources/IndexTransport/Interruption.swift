internal import CLinux
internal import Glibc
internal import Synchronization

/// The signals by which people and machines end a program: SIGINT and SIGTERM.
///
/// They no longer end the process: whoever waits for them ends it when its work is given up.
public final class Interruption: Sendable {
  private let signal = Atomic<Int32>(0)
  private let file: Int32

  /// Lets the signals wait until somebody asks for them.
  ///
  /// Call it on the main thread before any other thread is started: theirs is what this one has.
  ///
  /// - Throws: `IOFailure` when the kernel refuses.
  public init() throws(IOFailure) {
    file = clinux_signal_file()
    if file < 0 { throw IOFailure("signalfd", Int(file)) }
  }

  /// The exit status that says by which signal the work was ended; nil if it was not.
  public var status: Int32? {
    let signal = signal.load(ordering: .acquiring)
    return signal == 0 ? nil : 128 + signal
  }

  /// Waits for a signal, and ends the process if the work does not end it in time.
  ///
  /// - Parameters:
  ///   - grace: The time that the work has after the signal; a second signal ends it at once.
  ///   - action: Called at the first signal: it tells the work to end.
  public func wait(grace: Duration = .seconds(20), _ action: () -> Void) -> Never {
    let received = clinux_next_signal(file)
    // A file of signals that cannot be read would not be one.
    guard received > 0 else { preconditionFailure("signalfd: error \(-received)") }
    signal.store(received, ordering: .releasing)
    action()
    // Work that hangs, in a call to a disk for instance, must not keep the process alive.
    var poll = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    _ = unsafe Glibc.poll(&poll, 1, Int32(clamping: grace.components.seconds * 1000))
    _exit(128 + received)
  }
}
