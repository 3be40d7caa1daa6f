/// The account of a program that has ended.
public struct ChildResult: Sendable {
  /// How the output of a program ended.
  public enum OutputEnd: Sendable {
    /// With a newline, or without a byte.
    case line
    /// In the middle of a line.
    case midLine
    /// Not at all: a process that could not be killed still holds it open.
    case never
  }

  /// How the process ended.
  public let status: ChildStatus
  /// What went wrong, the first of several things; nil when all went well.
  public let failure: ChildFailure?
  /// How its output ended.
  public let outputEnd: OutputEnd
  /// The bytes of its output that nobody read.
  public let unreadCount: Int
  /// The bytes written for it that did not reach its pipe; that others did says nothing.
  public let unwrittenCount: Int
  /// The last lines of its standard error, at most 20.
  public let errorLines: [ErrorLine]
  /// Whether it had to be ended by SIGKILL, which cannot be ignored.
  public let wasKilled: Bool
}
