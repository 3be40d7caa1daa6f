import IndexModel

/// One key of a matcher, and what it asks for.
struct Condition: Sendable {
  /// What a key asks for.
  enum Question: Sendable {
    /// A text of the record is one of these.
    case text(Field, [TextChoice])
    /// The version is in one of these sets.
    case version([VersionSpecifierSet])
    case kind([DistributionKind])
    /// The id of the source is one of these.
    case source([Glob])
    case isPrerelease(Bool)
    case isYanked(Bool)
    case uploadedAfter(Moment)
    case uploadedBefore(Moment)
    /// The file may be installed on one of these versions of Python.
    case allowsPython([Version])
    case size(ClosedRange<Int64>)
  }

  /// The texts of a record that patterns are held against.
  enum Field: Sendable {
    case project, filename, python, abi, platform

    var spelling: Glob.Spelling {
      switch self {
      case .project: .project
      case .filename: .exact
      case .python, .abi, .platform: .lowercase
      }
    }
  }

  let key: String
  let question: Question
  /// What each of its values is called, as JSON.
  let values: [String]
  let place: ConditionPlace
}

extension Condition {
  /// The paths of the files that it names.
  var files: [String] {
    guard case .text(_, let choices) = question else { return [] }
    return choices.compactMap { if case .file(let path) = $0 { path } else { nil } }
  }

  /// Whether it is about the upload time.
  var asksTime: Bool {
    switch question {
    case .uploadedAfter, .uploadedBefore: true
    default: false
    }
  }

  /// The patterns for ids of sources.
  var sources: [Glob] { if case .source(let globs) = question { globs } else { [] } }
}

/// A pattern, or a file with a pattern on each line.
enum TextChoice: Sendable {
  case glob(Glob)
  case file(path: String)
}
