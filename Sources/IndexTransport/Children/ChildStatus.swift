internal import CLinux
internal import Glibc

/// How a process ended.
public enum ChildStatus: Hashable, Sendable {
  /// It ended itself, with this status; 0 is success.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)
  /// Nobody knows: the kernel forgets it where the signal SIGCHLD is ignored, which a process has
  /// from the one that started it. See ``ProcessSettings/keepExitStatuses()``.
  case unknown

  /// How the process ended, or nil while it runs.
  ///
  /// - Parameter take: Whether the kernel may forget the process, and use its number again.
  static func of(_ process: Int32, take: Bool) -> ChildStatus? {
    var (isSignal, status) = (Int32(0), Int32(0))
    let result = unsafe clinux_ending(process, take ? 1 : 0, &isSignal, &status)
    if result == 0 { return nil }
    if result < 0 { return .unknown }
    return isSignal != 0 ? .signalled(status) : .exited(status)
  }
}

extension ChildStatus: CustomStringConvertible {
  /// `exit status 3` or `signal 9 (SIGKILL)`.
  public var description: String {
    switch self {
    case .exited(let status): return "exit status \(status)"
    case .signalled(let signal):
      guard let name = unsafe clinux_signal_name(signal) else { return "signal \(signal)" }
      return unsafe "signal \(signal) (SIG\(String(cString: name)))"
    case .unknown: return "an unknown status"
    }
  }
}
