internal import CLinux
internal import Glibc

/// The three files that every process is started with.
public enum StandardStreams {
  /// Opens `/dev/null` in the place of each standard stream that is closed.
  ///
  /// The kernel gives the lowest free number to the next file that is opened. Started with a
  /// closed standard output, a program would write its messages into the first page it publishes.
  /// Call this before anything else is opened.
  ///
  /// - Throws: `IOFailure` when `/dev/null` cannot be opened.
  public static func ensureOpen() throws(IOFailure) {
    for stream in STDIN_FILENO...STDERR_FILENO where clinux_is_open(stream) == 0 {
      let result = clinux_open_null()
      if result < 0 { throw IOFailure("open", [UInt8](path: "/dev/null").span, Int(result)) }
      precondition(result == stream, "the lowest free number is this stream's")
    }
  }
}
