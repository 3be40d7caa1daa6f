/// How long a program may take, and how long its lines may be; nil is for ever.
public struct ChildLimits: Sendable {
  /// The time from the start to the end of the first line of its output.
  public var startup: Duration?
  /// The time in which it neither reads nor writes while someone waits for it.
  public var silence: Duration? = .seconds(60)
  /// The time from the start to the end.
  public var overall: Duration?
  /// The time in which it ends when nothing is left to do, and when it is told to by SIGTERM.
  public var stop: Duration = .seconds(5)
  /// The time in which processes it started may still write when it has ended itself.
  public var leftover: Duration = .seconds(1)
  /// The most bytes in a line of its output, without the newline.
  public var lineBytes = 8 << 20

  /// Creates the limits that suit a stage: a minute of silence, 5 s to stop, lines of 8 MiB.
  public init() {}
}

/// The limits in time that a program can exceed.
public enum ChildTimer: Sendable {
  /// ``ChildLimits/startup``.
  case startup
  /// ``ChildLimits/silence``.
  case silence
  /// ``ChildLimits/overall``.
  case overall
  /// ``ChildLimits/stop``.
  case stop
}
