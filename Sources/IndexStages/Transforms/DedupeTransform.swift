import IndexModel
public import IndexPipeline
import StrictJSON

/// Keeps one of several records of the same file.
public struct DedupeTransform: Transform {
  /// What makes two records the same.
  public enum Identity: String, CaseIterable, Sendable {
    /// The file name, byte by byte.
    case filename
    /// The project, the version, the format and the tags, however they are spelled.
    case identity
  }

  /// Which of the records stays.
  public enum Preference: String, CaseIterable, Sendable {
    /// The one uploaded last; without an upload time, it counts as uploaded now.
    case newest
    /// The one uploaded first.
    case oldest
    /// The one that comes first.
    case first
  }

  /// The type `dedupe`.
  public static let info = StageInfo(
    type: "dedupe",
    summary: "Keeps one of several records of the same file.",
    example: #"{ "type": "dedupe", "by": "filename", "prefer": "newest" }"#,
    synonyms: ["unique", "deduplicate", "distinct"]
  )

  /// Which record comes first is known of all records only.
  public static var scope: TransformScope { .index }

  /// What makes two records the same.
  public let identity: Identity
  /// Which one stays; without it the first does, and other bytes under its name are an error.
  public let preference: Preference?

  /// Creates a transform; see the properties for what its parts are.
  public init(by identity: Identity = .filename, prefer preference: Preference? = nil) {
    self.identity = identity
    self.preference = preference
  }

  /// Reads `by` and `prefer`.
  public init(from settings: inout Settings) {
    identity = settings.choice(
      "by",
      "What makes two records the same: the file name, or project, version, format and tags.",
      default: .filename
    )
    preference = settings.choice(
      "prefer",
      "Which record stays; without it the first does, and two records of one file name with "
        + "different digests or sizes fail the run.",
      synonyms: [
        ("latest", .newest), ("last", .newest), ("earliest", .oldest),
      ]
    )
  }

  /// Drops all but one of the records that are the same.
  ///
  /// - Throws: `StageFailure` if a file name has different bytes and nothing is preferred.
  public func apply(to records: inout RecordEditor) async throws {
    var known = TextSet()
    var kept: [Int] = []
    var key: [UInt8] = []
    for index in records.indices {
      key.removeAll(keepingCapacity: true)
      append(records[index], to: &key)
      let number = known.insert(key.span)
      guard number < kept.count else {
        kept.append(index)
        continue
      }
      let winner = try choose(kept[number], index, records)
      let loser = winner == index ? kept[number] : index
      records.drop(loser, because: reason(records[winner], records[loser]))
      kept[number] = winner
    }
  }

  private func append(_ record: borrowing RecordView, to key: inout [UInt8]) {
    guard identity == .identity else {
      key.append(contentsOf: record.filename)
      return
    }
    record.appendProject(to: &key)
    key.append(0)
    _ = VersionScan.scan(record.version, appendingSortKeyTo: &key)
    key.append(record.name.kind.rawValue)
    let tags = record.filename.extracting(record.name.suffix)
    for index in tags.indices {
      let byte = tags[index]
      key.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
    }
  }

  private func choose(
    _ first: Int,
    _ second: Int,
    _ records: borrowing RecordEditor
  ) throws(StageFailure) -> Int {
    switch preference {
    case .first: return first
    case .newest: return records.isNewer(second, than: first) ? second : first
    case .oldest: return records.isNewer(first, than: second) ? second : first
    case nil:
      let haveOneName = records[first].filename.elementsEqual(records[second].filename)
      guard haveOneName, records.haveDifferentBytes(first, second) else { return first }
      throw StageFailure(
        .data,
        code: "conflicting-duplicate",
        "\"\(records[first].filenameText)\" is given twice with different digests or sizes",
        help: "a file name stands for the same bytes forever: remove one, or give \"prefer\""
      )
    }
  }

  private func reason(
    _ winner: borrowing RecordView,
    _ loser: borrowing RecordView
  ) -> String {
    if winner.filename.elementsEqual(loser.filename) {
      return preference.map { "another record of this file name is preferred (\($0.rawValue))" }
        ?? "an earlier record has this file name"
    }
    return "is the same as another file of the release"
  }
}

extension RecordEditor {
  /// Whether one record was uploaded after another; one without a time counts as uploaded now.
  fileprivate func isNewer(_ a: Int, than b: Int) -> Bool {
    guard let time = self[b].facts.uploadTime else { return false }
    return self[a].facts.uploadTime.map { time < $0 } ?? true
  }
}
