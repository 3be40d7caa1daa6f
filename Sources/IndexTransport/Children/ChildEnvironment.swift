internal import CLinux
internal import Glibc

/// The environment variables of a child: nothing passes that is not named here.
public struct ChildEnvironment: Sendable {
  /// What is passed on of this process's variables without being asked for, besides those whose
  /// names begin with `LC_`.
  public static let passedNames = ["PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR"]

  /// The variables as `NAME=value`, each followed by NUL; values need not be UTF-8.
  let entries: [[UInt8]]
  /// Whether each of them is the variable that was meant.
  let isValid: Bool

  /// Collects variables.
  ///
  /// - Parameters:
  ///   - names: Further variables of this process to pass on, as far as they are set.
  ///   - pairs: Variables to set, also in the place of those passed on.
  public init(passing names: [String] = [], setting pairs: [String: String] = [:]) {
    let passed = Set((Self.passedNames + names).map { Array($0.utf8) })
    let replaced = Set(pairs.keys.map { Array($0.utf8) })
    let own = Self.own.filter { entry in
      let name = Array(entry.prefix { $0 != UInt8(ascii: "=") })
      return !replaced.contains(name) && (passed.contains(name) || name.starts(with: "LC_".utf8))
    }
    let set = pairs.sorted { $0.key < $1.key }.map { [UInt8](path: "\($0.key)=\($0.value)") }
    entries = own + set
    isValid = pairs.allSatisfy { name, value in
      name.isPath && !name.utf8.contains(UInt8(ascii: "=")) && !value.utf8.contains(0)
    }
  }

  /// The value of a variable, followed by NUL.
  func value(of name: String) -> ArraySlice<UInt8>? {
    let start = Array("\(name)=".utf8)
    return entries.first { $0.starts(with: start) }?.dropFirst(start.count)
  }

  /// All variables of this process.
  private static var own: [[UInt8]] {
    guard let start = unsafe clinux_environment() else { return [] }
    var entries: [[UInt8]] = []
    var next = unsafe start
    while let entry = unsafe next.pointee {
      let text = unsafe UnsafeRawBufferPointer(start: entry, count: strlen(entry) + 1)
      unsafe entries.append(Array(text))
      unsafe next += 1
    }
    return entries
  }
}
