import IndexModel

/// Conditions as they stand in a pipeline file.
indirect enum ConditionTree: Sendable {
  /// All of them hold.
  case all([ConditionTree])
  /// One of them holds.
  case any([ConditionTree])
  /// It does not hold; with its text, for people.
  case not(ConditionTree, text: String, place: ConditionPlace)
  /// A key and what it asks for.
  case leaf(Condition)
}

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

/// A pattern, or a file with a pattern on each line.
enum TextChoice: Sendable {
  case glob(Glob)
  case file(path: String)
}

/// Where a condition stands, and what it belongs to.
struct ConditionPlace: Sendable {
  /// The stage, such as `transform "no-debug"`.
  let owner: String
  let path: String
  let line: Int
  /// The JSON Pointer.
  let pointer: String

  /// The place as messages name it.
  var description: String { "\(path):\(line)" }
}
