import Glibc

/// What people read.
///
/// It goes to standard error: standard output is for what a verb returns.
enum Console {
  /// Whether standard error is a terminal.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Prints lines.
  static func error(_ text: String) { write(text + "\n") }

  /// Prints text as it is.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
      }
      // Nobody can be told that standard error is gone.
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
