import IndexModel
import StrictJSON

/// What conditions ask about one record, each part worked out once and only when it is asked for.
struct MatchSubject: Sendable {
  private var project: [UInt8] = []
  private var versionKey: [UInt8] = []
  private var version: VersionScan?
  private var wheel: WheelFilename?
  private var tag: [UInt8] = []
  /// Whether a condition took a record without an upload time to be uploaded now.
  private(set) var assumesTime = false
  private var hasVersion = false
  private var hasWheel = false
  /// The answers to texts of `requires_python`, for each condition that asks.
  private var pythons: [Int: PythonAnswers] = [:]

  /// Forgets the record.
  @inline(__always)
  mutating func forget() {
    project.removeAll(keepingCapacity: true)
    assumesTime = false
    hasVersion = false
    hasWheel = false
  }

  /// The value of a condition that a record meets, if it meets one.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - test: The condition.
  ///   - number: The number of the condition.
  ///   - first: The number of its first value.
  ///   - progress: Takes the values that are met.
  mutating func value(
    of record: borrowing RecordView,
    _ test: PreparedTest,
    number: Int,
    first: Int,
    _ progress: inout MatchProgress
  ) -> Int? {
    if case .text(let field, let texts) = test {
      return value(of: record, field, texts, first: first, &progress)
    }
    let value: Int? =
      switch test {
      case .text: nil
      case .version(let sets): firstSet(sets, accepting: record)
      case .kind(let values): values[Int(record.name.kind.rawValue)].ifNatural
      case .source(let values):
        values.indices.contains(record.source)
          ? values[record.source].ifNatural : nil
      case .isPrerelease(let flag): isPrerelease(record) == flag ? 0 : nil
      case .isYanked(let flag): record.facts.isYanked == flag ? 0 : nil
      case .uploaded(let isAfter, let bound, let now):
        (uploadTime(of: record, orElse: now) >= bound) == isAfter ? 0 : nil
      case .allowsPython(let versions): allows(versions, record, number: number)
      case .size(let range): range.contains(record.facts.size) ? 0 : nil
      }
    if let value { progress.meet(first + value) }
    return value
  }

  private mutating func value(
    of record: borrowing RecordView,
    _ field: Condition.Field,
    _ texts: TextTest,
    first: Int,
    _ progress: inout MatchProgress
  ) -> Int? {
    switch field {
    case .filename: return texts.value(of: record.filename, first: first, &progress)
    case .project:
      if project.isEmpty { record.appendProject(to: &project) }
      return texts.value(of: project.span, first: first, &progress)
    case .python, .abi, .platform:
      guard record.name.kind == .wheel else { return nil }
      if !hasWheel {
        wheel = WheelFilename(cutting: record.filename)
        hasWheel = true
      }
      guard let wheel else { return nil }
      let range =
        field == .python ? wheel.python : field == .abi ? wheel.abi : wheel.platform
      return value(ofTags: record.filename.extracting(range), texts, first: first, &progress)
    }
  }

  /// The value that one of some tags, joined by `.`, meets.
  private mutating func value(
    ofTags tags: borrowing Span<UInt8>,
    _ texts: TextTest,
    first: Int,
    _ progress: inout MatchProgress
  ) -> Int? {
    var found: Int?
    var start = 0
    while start <= tags.count {
      let end = tags.firstIndex(of: UInt8(ascii: "."), from: start) ?? tags.count
      tag.removeAll(keepingCapacity: true)
      for index in start..<end { tag.append(tags[index].asLowercase) }
      let value = texts.value(of: tag.span, first: first, &progress)
      found = found ?? value
      start = end + 1
    }
    return found
  }

  private mutating func uploadTime(
    of record: borrowing RecordView,
    orElse now: Timestamp
  ) -> Timestamp {
    if let time = record.facts.uploadTime { return time }
    assumesTime = true
    return now
  }

  private mutating func scanVersion(of record: borrowing RecordView) {
    guard !hasVersion else { return }
    versionKey.removeAll(keepingCapacity: true)
    version = VersionScan.scan(record.version, appendingSortKeyTo: &versionKey)
    hasVersion = true
  }

  private mutating func isPrerelease(_ record: borrowing RecordView) -> Bool {
    scanVersion(of: record)
    return version?.isPrerelease ?? false
  }

  /// The first set that the version of a record is in; a record without a version is in none.
  private mutating func firstSet(
    _ sets: [VersionSpecifierSet],
    accepting record: borrowing RecordView
  ) -> Int? {
    guard !record.version.isEmpty else { return nil }
    scanVersion(of: record)
    for (index, set) in sets.enumerated() {
      switch set.match(record.version, version, sortKey: versionKey.span) {
      case .none: continue
      case .prerelease, .release, .legacy: return index
      }
    }
    return nil
  }

  private mutating func allows(
    _ versions: [Version],
    _ record: borrowing RecordView,
    number: Int
  ) -> Int? {
    let text = record.bytes(record.facts.requiresPython)
    if text.isEmpty { return 0 }
    return pythons[number, default: PythonAnswers()].answer(text, versions)
  }
}

extension Int {
  /// The number, unless it is below zero.
  fileprivate var ifNatural: Int? { self < 0 ? nil : self }
}
