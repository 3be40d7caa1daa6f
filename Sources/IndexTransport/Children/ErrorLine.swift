/// A line that a program wrote to its standard error.
public struct ErrorLine: Hashable, Sendable {
  /// The most bytes of a line that are kept.
  public static let limit = 4096

  /// Its first bytes, without the newline, as the program wrote them.
  public let bytes: [UInt8]
  /// The bytes that were left out behind them.
  public let omittedCount: Int

  /// The bytes as text, with U+FFFD for what is not UTF-8.
  ///
  /// It can hold control characters, which a terminal would obey.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Follows a program.
public protocol ChildObserver: Sendable {
  /// The program wrote a line to its standard error.
  ///
  /// The calls come one after the other from a thread of the program's own. While one runs, nothing
  /// else is read from the program or written to it.
  func childWrote(_ line: ErrorLine)
}
