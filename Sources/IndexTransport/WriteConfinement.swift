internal import CLinux

/// What the kernel lets a process write, by Landlock.
///
/// Links, renamed folders and mistakes lead no write elsewhere: the kernel looks at where a file is,
/// not at the path by which it was reached. Permissions, owners and times of files can still be
/// changed, and what is open already can be written.
public struct WriteConfinement: ~Copyable {
  private let rules: Int32
  private let version: Int32

  /// Whether the kernel has Landlock, which is in Linux since 5.13 but may be left out.
  public static var isPossible: Bool { clinux_landlock_version() > 0 }

  /// Begins with nothing that may be written.
  ///
  /// - Throws: `IOFailure` when the kernel refuses.
  public init() throws(IOFailure) {
    version = clinux_landlock_version()
    rules = clinux_landlock_rules(version)
    if rules < 0 { throw IOFailure("landlock_create_ruleset", Int(rules)) }
  }

  // Rules hold no data that could be lost.
  deinit { _ = clinux_close(rules) }

  /// Lets a file be written, or a folder and all that is in it.
  ///
  /// - Parameter path: Its path; symbolic links are followed now, and never again.
  /// - Throws: `IOFailure` when there is none.
  public borrowing func allow(_ path: String) throws(IOFailure) {
    let bytes = [UInt8](path: path)
    let result = unsafe bytes.span.withPath {
      unsafe Int(clinux_landlock_allow(rules, version, $0))
    }
    if result < 0 { throw IOFailure("landlock_add_rule", bytes.span, result) }
  }

  /// Confines this thread for good, and all threads and programs that it starts from now on.
  ///
  /// Programs get no rights by their file's owner any more (`no_new_privs`), such as `sudo`.
  ///
  /// - Throws: `IOFailure` when the kernel refuses.
  public borrowing func begin() throws(IOFailure) {
    let result = clinux_landlock_restrict(rules)
    if result < 0 { throw IOFailure("landlock_restrict_self", Int(result)) }
  }
}
