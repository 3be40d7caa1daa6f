import IndexTransport

/// Why a file of a folder gives no facts.
enum FileProblem: Error, Sendable {
  /// The file is no distribution as its name says.
  case broken(String)
  /// The file cannot be read.
  case unreadable(ErrorCode)
  /// Someone writes it.
  case changing
  /// A library of the system is missing.
  case library(String)
  /// The run was told to stop.
  case cancelled
}
