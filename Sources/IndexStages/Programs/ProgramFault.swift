import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// What a program did wrong, before it is known how it ended.
enum ProgramFault: Error {
  /// A line of its output.
  struct Line {
    let number: Int
    let bytes: [UInt8]
  }

  /// It did not keep to the protocol.
  case broken(String, Line? = nil, note: String? = nil)
  /// It gave a record that cannot be published.
  case record(RecordProblem, Line)
  /// Its last line has no newline.
  case unfinished(Line)
  /// Its output ended too early.
  case ended(String)
  /// It did not run as it should.
  case child(ChildFailure)
  /// It said itself that it failed.
  case said(ProgramMessage.Failure)
}

extension ProgramFault {
  static func noJSON(_ line: Line) -> ProgramFault {
    .broken(
      "wrote something other than JSON to its standard output",
      line,
      note: "standard output carries protocol messages only; print for people on standard error"
    )
  }

  /// What really happened: output that ends too early is only the trace of how the program ended.
  func explained(by result: ChildResult) -> ProgramFault {
    switch self {
    case .unfinished, .ended:
      switch result.failure {
      case .died, .timedOut, .lineTooLong, .leftProcesses, .pipe:
        return result.failure.map { .child($0) } ?? self
      case .stopped, .brokenPipe, nil: return self
      }
    case .broken, .record, .child, .said: return self
    }
  }

  /// What it did, as words behind its name.
  var text: String {
    switch self {
    case .broken(let text, _, _): text
    case .record(let problem, _): "gave a record that cannot be in an index: \(problem.message)"
    case .unfinished: "ended its output in the midst of a line"
    case .ended(let text): text
    case .child(let failure): "\(failure)"
    case .said(let failure): "failed: \(failure.message)"
    }
  }

  var line: Line? {
    switch self {
    case .broken(_, let line, _): line
    case .record(_, let line), .unfinished(let line): line
    case .ended, .child, .said: nil
    }
  }

  var note: String? {
    switch self {
    case .broken(_, _, let note): note
    case .unfinished: "the last line must end with a newline, or nobody knows that it is whole"
    case .child(.timedOut(.startup, _)):
      "\"ready\" must be flushed, or it stays in the program until its buffer is full"
    case .child(.brokenPipe): "what it did not read, it cannot have decided on"
    case .record, .ended, .child, .said: nil
    }
  }

  var code: String {
    switch self {
    case .broken, .ended, .unfinished: "plugin-protocol"
    case .record: "plugin-record"
    case .child(.timedOut): "plugin-timeout"
    case .child(.lineTooLong): "plugin-protocol"
    case .child: "plugin-failed"
    case .said: "plugin-error"
    }
  }

  var kind: StageFailure.Kind {
    switch self {
    case .said(let failure): failure.kind
    case .child(.stopped): .cancelled
    case .broken, .record, .ended, .unfinished, .child: .data
    }
  }
}
