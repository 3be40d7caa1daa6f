/// Why a program could not be started.
public struct StartFailure: Error, Hashable, Sendable {
  /// The reasons.
  public enum Reason: Hashable, Sendable {
    /// The command is empty, or it or a variable holds a NUL byte, or a variable has no name.
    case invalid
    /// No file has this name; in no folder of `PATH` when the name has no slash.
    case notFound
    /// It is a folder, or its permissions forbid to execute it.
    case notExecutable
    /// It is there, but not the program that its first line names, or the loader that it needs.
    case noInterpreter
    /// It is neither a program of this machine nor a script with `#!`.
    case notProgram
    /// The folder to start it in cannot be opened.
    case folder(ErrorCode)
    /// The kernel refused something else.
    case refused(IOFailure)
  }

  /// The program, as the command names it.
  public let program: String
  /// The reason.
  public let reason: Reason

  init(_ program: String, _ reason: Reason) {
    self.program = program
    self.reason = reason
  }
}

extension StartFailure: CustomStringConvertible {
  /// One line: the program and the reason.
  public var description: String {
    let text =
      switch reason {
      case .invalid: "the command or a variable of it is empty or holds a NUL byte"
      case .notFound: program.utf8.contains(UInt8(ascii: "/")) ? "no such file" : "not in PATH"
      case .notExecutable: "not executable"
      case .noInterpreter: "the interpreter that it names does not exist"
      case .notProgram: "neither a program of this machine nor a script that begins with #!"
      case .folder(let code): "its folder cannot be opened: \(code)"
      case .refused(let failure): "\(failure)"
      }
    return "cannot start \(program): \(text)"
  }
}
