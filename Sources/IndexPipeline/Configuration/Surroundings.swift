public import IndexModel

/// What a pipeline file may ask of the process that reads it.
///
/// It is a value, so that reading a file touches nothing by itself: the command line fills it with
/// the environment and the disk, a test with what it likes. By itself it knows nothing, and a file
/// is then checked as far as that goes.
public struct Surroundings: Sendable {
  /// What is known of a variable or a file.
  public enum Answer: Sendable {
    /// Its bytes.
    case value([UInt8])
    /// Why there is nothing, such as `not set`.
    case missing(String)
    /// Nobody looked.
    case unknown
  }

  /// What is known of the names in a folder.
  public enum Names: Sendable {
    /// All of them, in any order.
    case value([String])
    /// Why there are none, such as `no such folder`.
    case missing(String)
    /// Nobody looked.
    case unknown
  }

  /// Answers what a variable of the environment is.
  public var variable: @Sendable (_ name: String) -> Answer
  /// Answers what a file holds that a placeholder names.
  public var file: @Sendable (_ path: String) -> Answer
  /// Answers what a part of the pipeline holds that is in a file of its own.
  public var part: @Sendable (_ path: String) -> Answer
  /// Answers which names a folder of templates has.
  public var names: @Sendable (_ folder: String) -> Names = { _ in .unknown }
  /// Answers what a template holds: a file of a folder, of which no way leads out of it.
  public var template: @Sendable (_ folder: String, _ name: String) -> Answer = { _, _ in .unknown }
  /// Answers whether there is a file or a folder; `nil` if nobody looked.
  public var exists: @Sendable (_ path: String) -> Bool? = { _ in nil }
  /// Answers whether other people may read a file, by its mode such as `0644`; `nil` if they may
  /// not.
  public var exposedMode: @Sendable (_ path: String) -> String? = { _ in nil }
  /// Whether all settings are kept, to show them.
  public var keepsSettings = false
  /// Whether a file may be read for which values are missing, as far as it is known.
  public var toleratesGaps = false
  /// The release of Larder, which a file may require.
  public var version = Release.version
  /// The working folder, to compare relative paths with absolute ones.
  public var folder: String?
  /// Whether stages may run other programs.
  public var allowsPrograms = true
  /// The moment that pages show, if the file asks for it.
  public var now: Timestamp?

  /// Creates surroundings; see the properties for what they are.
  public init(
    variable: @escaping @Sendable (_ name: String) -> Answer = { _ in .unknown },
    file: @escaping @Sendable (_ path: String) -> Answer = { _ in .unknown },
    part: @escaping @Sendable (_ path: String) -> Answer = { _ in .unknown }
  ) {
    self.variable = variable
    self.file = file
    self.part = part
  }

  /// The same surroundings, in which what nobody looked for is missing.
  var complete: Surroundings {
    let (variable, file, part, names) = (variable, file, part, names)
    var complete = self
    complete.variable = { Self.decided(variable($0), "not set") }
    complete.file = { Self.decided(file($0), "no such file") }
    complete.part = { Self.decided(part($0), "no such file") }
    complete.names = { folder in
      let found = names(folder)
      return if case .unknown = found { .missing("no such folder") } else { found }
    }
    return complete
  }

  private static func decided(_ answer: Answer, _ reason: String) -> Answer {
    if case .unknown = answer { .missing(reason) } else { answer }
  }
}
