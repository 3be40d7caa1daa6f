/// What plugs into a pipeline: a source, a transform, a sink or a hook.
///
/// Contract, checked for every stage:
/// 1. A stage is a value. Making one reads its settings: no file, no network, no environment.
/// 2. `init(from:)` asks for every field, whatever the others say: what it asks of an empty object
///    is what `describe`, the schema and the documentation tell of it.
/// 3. It throws `StageFailure`, which says the kind of failure. It never prints, sleeps or tries
///    again: that is the framework's.
/// 4. ``claims`` names every place that it reads or writes.
public protocol Stage: Sendable {
  /// What the stage is called in pipeline files, and what it does.
  static var info: StageInfo { get }

  /// Makes the stage of its object in a pipeline file.
  ///
  /// - Parameter settings: The object; mistakes are said to it, and all are shown at once.
  init(from settings: inout Settings)

  /// The places outside that it reads and writes.
  var claims: [Claim] { get }

  /// Looks whether the places outside answer, and changes nothing.
  ///
  /// - Throws: `StageFailure` that says what is missing.
  func preflight() async throws

  /// Learns of the run that it is part of, before anything else is asked of it.
  func open(_ context: StageContext)

  /// Lets go of what it holds; called once at the end of a run, also of one that failed.
  ///
  /// - Parameter isSuccess: Whether the whole run went well.
  func close(isSuccess: Bool) async
}

extension Stage {
  /// No place outside.
  public var claims: [Claim] { [] }

  /// Looks at nothing.
  public func preflight() async throws {}

  /// Remembers nothing.
  public func open(_ context: StageContext) {}

  /// Holds nothing.
  public func close(isSuccess: Bool) async {}
}

/// What a stage is called, and what it does.
public struct StageInfo: Sendable {
  /// How settled a stage is.
  public enum Stability: String, Sendable {
    /// Fields may still change.
    case experimental
    /// Fields keep their meaning.
    case stable
    /// Another stage takes its place.
    case deprecated
  }

  /// The word for `type` in pipeline files, in kebab-case.
  public let type: String
  /// What it does, in one sentence.
  public let summary: String
  /// The object of a pipeline file that uses it, as JSON.
  public let example: String
  /// Other words that people try for ``type``.
  public let synonyms: [String]
  /// How settled it is.
  public let stability: Stability
  /// Whether it runs other programs, which a person may not want of a file that others wrote.
  public let runsPrograms: Bool

  /// Creates the description of a stage; see the properties for what its parts are.
  public init(
    type: String,
    summary: String,
    example: String,
    synonyms: [String] = [],
    stability: Stability = .stable,
    runsPrograms: Bool = false
  ) {
    self.type = type
    self.summary = summary
    self.example = example
    self.synonyms = synonyms
    self.stability = stability
    self.runsPrograms = runsPrograms
  }
}

/// A place outside of the pipeline that a stage reads or writes.
///
/// Two stages that would harm each other are found by comparing their claims.
public struct Claim: Sendable, Equatable {
  /// What is done there.
  public enum Access: Sendable {
    case reads, writes
  }

  /// What is done there.
  public let access: Access
  /// The place: a path, or a URL such as `s3://bucket/prefix`.
  public let place: String
  /// The field of the settings that names it.
  public let field: String

  /// Claims a place; see the properties for what its parts are.
  public init(_ access: Access, _ place: String, field: String) {
    self.access = access
    self.place = place
    self.field = field
  }
}
