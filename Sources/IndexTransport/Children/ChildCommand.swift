internal import CLinux
internal import Glibc

/// A program, its arguments and its surroundings; no shell reads any of it.
public struct ChildCommand: Sendable {
  /// The program and its arguments.
  ///
  /// The program is an absolute path, with a slash in it a path relative to ``folder``, or else a
  /// name that is looked up in the folders of `PATH`.
  public var arguments: [String]
  /// The working folder of the program.
  public var folder: String
  /// The variables of the program.
  public var environment: ChildEnvironment

  /// Creates a command; see the properties for what its parts are.
  public init(
    _ arguments: [String],
    in folder: String = ".",
    environment: ChildEnvironment = ChildEnvironment()
  ) {
    self.arguments = arguments
    self.folder = folder
    self.environment = environment
  }

  /// Finds the file of the program without starting it.
  ///
  /// - Returns: Its path; a relative one starts at ``folder``.
  /// - Throws: `StartFailure` when there is none, or none that may be executed.
  public func findProgram() throws(StartFailure) -> String {
    guard let program = arguments.first, program.isPath, isValid else {
      throw StartFailure(arguments.first ?? "", .invalid)
    }
    if program.utf8.contains(UInt8(ascii: "/")) {
      let isAbsolute = program.utf8.first == UInt8(ascii: "/")
      guard let reason = Self.check(isAbsolute ? program : "\(folder)/\(program)") else {
        return program
      }
      throw StartFailure(program, reason)
    }
    var reason = StartFailure.Reason.notFound
    for folder in searchPath {
      let path = "\(folder)/\(program)"
      guard let obstacle = Self.check(path) else { return path }
      if obstacle == .notExecutable { reason = obstacle }
    }
    throw StartFailure(program, reason)
  }

  private var isValid: Bool {
    folder.isPath && environment.isValid && !arguments.contains { $0.utf8.contains(0) }
  }

  /// The folders of `PATH`; relative ones are left out, since they mean another place for each
  /// working folder.
  private var searchPath: [String] {
    guard let value = environment.value(of: "PATH") else { return ["/bin", "/usr/bin"] }
    return value.dropLast().split(separator: UInt8(ascii: ":"))
      .filter { $0.first == UInt8(ascii: "/") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Why a file cannot be executed, as far as its name and its permissions tell.
  private static func check(_ path: String) -> StartFailure.Reason? {
    let bytes = [UInt8](path: path)
    var found = clinux_status()
    let result = unsafe bytes.span.withPath {
      unsafe Int(clinux_status(AT_FDCWD, $0, 1, &found))
    }
    if result < 0 { return result == Int(-EACCES) ? .notExecutable : .notFound }
    let allowed = unsafe bytes.span.withPath { unsafe Int(clinux_is_executable($0)) }
    return allowed < 0 || FileStatus(found).kind != .file ? .notExecutable : nil
  }
}
