import IndexPipeline

extension StageFailure.Kind {
  /// The exit status of a verb that fails so: those of `sysexits.h`, and what shells say of a
  /// program that was interrupted.
  var exitStatus: Int32 {
    switch self {
    case .config: 78
    case .data: 65
    case .unavailable: 69
    case .refused: ExitStatus.no
    case .transient: 75
    case .publish: 74
    case .hook: 76
    case .cancelled: 130
    case .bug: 70
    }
  }

  /// The exit status of `generate`, which has those of dumb-pypi.
  var statusOfGenerate: Int32 {
    switch self {
    case .config, .data: 2
    case .cancelled: 130
    default: 1
    }
  }
}

/// Exit statuses that no failure of a stage has.
enum ExitStatus {
  /// The answer is no: warnings where none are allowed.
  static let no: Int32 = 1
  /// A wrong flag or argument.
  static let usage: Int32 = 64
}
