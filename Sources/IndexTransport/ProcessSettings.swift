internal import Glibc

/// What a process has from the one that started it.
public enum ProcessSettings {
  /// The value of an environment variable; `nil` if it is not set.
  public static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Lets a failed write be an error of that write: by default it would end the process without a
  /// word, when a reader of the messages is gone or a file grows past its limit.
  public static func ignoreWriteSignals() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// Lets the kernel keep how children end, which it does not where the process was started by one
  /// that ignores the signal SIGCHLD.
  public static func keepExitStatuses() { _ = signal(SIGCHLD, SIG_DFL) }

  /// Whether people read standard error as it is written.
  public static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The absolute path of the working folder; `nil` if it is gone or may not be known.
  public static var workingFolder: String? {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Where files lie that nobody needs after a while.
  public static var temporaryFolder: String { variable("TMPDIR") ?? "/tmp" }

  /// The same, for files that may be as large as a disk rather than as memory.
  public static var roomyTemporaryFolder: String { variable("TMPDIR") ?? "/var/tmp" }

  /// Seconds since 1970.
  public static var now: Int64 { Int64(time(nil)) }
}
