import IndexTransport

/// Why a file cannot be read, as far as somebody knows a way out.
enum FileTrouble: Error {
  /// The server says that it is not there.
  case gone(HTTPFailure)
  /// It is no such archive as its name says.
  case broken(String)
  /// It was changed between two requests.
  case changed
  /// The server does not give the parts that are asked for.
  case noRanges(String)
}

extension HTTPFailure {
  /// Whether the file is not there, and the server knows it.
  var isGone: Bool { kind == .refused(status: 404) || kind == .refused(status: 410) }
}
