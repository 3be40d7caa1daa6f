import IndexModel

/// What one condition asks of a record, in a run.
enum PreparedTest: Sendable {
  case text(Condition.Field, TextTest)
  case version([VersionSpecifierSet])
  /// For each kind the value that names it, or -1.
  case kind([Int])
  /// For each source the value that names it, or -1.
  case source([Int])
  case isPrerelease(Bool)
  case isYanked(Bool)
  /// From `bound` on, or before it.
  ///
  /// A record without a time counts as uploaded at `now`: a cooldown must not let pass what may be
  /// new, and a retention rule must not drop what may be.
  case uploaded(isAfter: Bool, bound: Timestamp, now: Timestamp)
  case allowsPython([Version])
  case size(ClosedRange<Int64>)
}

extension PreparedTest {
  /// Makes a condition ready for a run.
  ///
  /// - Throws: `StageFailure` if a file cannot be read or holds what is no pattern.
  init(
    _ condition: Condition,
    _ setting: RunSetting,
    sources: [String]
  ) throws(StageFailure) {
    switch condition.question {
    case .text(let field, let choices):
      self = .text(field, try Self.textTest(choices, field, setting))
    case .version(let sets): self = .version(sets)
    case .kind(let kinds):
      self = .kind(DistributionKind.allCases.map { kinds.firstIndex(of: $0) ?? -1 })
    case .source(let globs):
      self = .source(
        sources.map { id in globs.firstIndex { $0.matches(id) } ?? -1 }
      )
    case .isPrerelease(let flag): self = .isPrerelease(flag)
    case .isYanked(let flag): self = .isYanked(flag)
    case .uploadedAfter(let moment):
      self = try Self.uploaded(isAfter: true, moment, condition, setting)
    case .uploadedBefore(let moment):
      self = try Self.uploaded(isAfter: false, moment, condition, setting)
    case .allowsPython(let versions): self = .allowsPython(versions)
    case .size(let range): self = .size(range)
    }
  }

  private static func uploaded(
    isAfter: Bool,
    _ moment: Moment,
    _ condition: Condition,
    _ setting: RunSetting
  ) throws(StageFailure) -> PreparedTest {
    guard let bound = moment.time(at: setting.now) else {
      throw StageFailure(
        .config,
        code: "wrong-value",
        "\"\(condition.key)\" needs a moment in years 1 to 9999 (\(condition.place.description))"
      )
    }
    let now = setting.now ?? Timestamp(seconds: 253_402_300_799) ?? bound
    return .uploaded(isAfter: isAfter, bound: bound, now: now)
  }

  private static func textTest(
    _ choices: [TextChoice],
    _ field: Condition.Field,
    _ setting: RunSetting
  ) throws(StageFailure) -> TextTest {
    var patterns: [(glob: Glob, value: Int)] = []
    for (value, choice) in choices.enumerated() {
      switch choice {
      case .glob(let glob): patterns.append((glob, value))
      case .file(let path):
        let list = try PatternList(path, try setting.readFile(path), field.spelling)
        patterns += list.globs.map { ($0, value) }
      }
    }
    return TextTest(patterns)
  }
}
