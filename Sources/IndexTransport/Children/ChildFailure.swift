/// What went wrong with a program that was started.
public enum ChildFailure: Error, Hashable, Sendable {
  /// It took longer than a limit allows, and was stopped.
  case timedOut(ChildTimer, after: Duration)
  /// A line of its output is longer than a limit allows, and it was stopped.
  ///
  /// `line` counts from 1, `limit` is in bytes.
  case lineTooLong(line: Int, limit: Int)
  /// It was stopped by this process, or by the cancellation of a task that waited for it.
  case stopped
  /// A pipe to it failed, and it was stopped.
  case pipe(IOFailure)
  /// It ended by itself, with a signal or an exit status other than 0.
  case died(ChildStatus)
  /// It ended with success, but processes it started kept its output open, and were killed.
  case leftProcesses
  /// It ended with success, but without taking all of its input.
  case brokenPipe(unwritten: Int)
}

extension ChildFailure: CustomStringConvertible {
  /// One line that begins with a verb: what the program did.
  public var description: String {
    switch self {
    case .timedOut(.startup, let limit): "wrote no line within \(limit) of its start"
    case .timedOut(.silence, let limit): "neither read nor wrote for \(limit)"
    case .timedOut(.overall, let limit): "did not end within \(limit)"
    case .timedOut(.stop, let limit): "did not end within \(limit) of having nothing left to do"
    case .lineTooLong(let line, let limit): "wrote more than \(limit) bytes on line \(line)"
    case .stopped: "was stopped"
    case .pipe(let failure): "could not be reached: \(failure)"
    case .died(let status): "ended with \(status)"
    case .leftProcesses: "ended, but what it started kept its output open"
    case .brokenPipe(let unwritten): "ended with \(unwritten) bytes of its input left"
    }
  }
}
