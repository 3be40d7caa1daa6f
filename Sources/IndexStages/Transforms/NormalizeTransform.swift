import IndexModel
public import IndexPipeline
import StrictJSON

/// Brings what records say into one spelling, so that lists of different origins agree.
///
/// Names of projects and digests need no transform: they are normalized when a record is read.
public struct NormalizeTransform: Transform {
  /// What becomes of versions that PEP 440 refuses.
  public enum LegacyVersions: String, CaseIterable, Sendable {
    /// Their files stay.
    case keep
    /// Their files are left out.
    case drop
  }

  /// What becomes of the digests of a file that has several.
  public enum Digests: String, CaseIterable, Sendable {
    /// All stay.
    case all
    /// Those by MD5 and SHA-1 go where there is another.
    case strong
  }

  /// How exact upload times are.
  public enum Precision: String, CaseIterable, Sendable {
    /// As they are given.
    case microsecond
    /// Fractions of a second are cut off.
    case second
  }

  /// The type `normalize`.
  public static let info = StageInfo(
    type: "normalize",
    summary: "Brings metadata into one spelling; may leave out versions that PEP 440 refuses.",
    example: #"{ "type": "normalize", "legacy_versions": "drop" }"#,
    synonyms: ["clean", "canonicalize", "tidy"]
  )

  /// A record is edited by itself.
  public static var scope: TransformScope { .record }

  /// What becomes of versions that PEP 440 refuses.
  public let legacyVersions: LegacyVersions
  /// What becomes of several digests.
  public let digests: Digests
  /// How exact upload times are.
  public let precision: Precision

  /// Creates a transform; see the properties for what its parts are.
  public init(
    legacyVersions: LegacyVersions = .keep,
    digests: Digests = .all,
    precision: Precision = .microsecond
  ) {
    self.legacyVersions = legacyVersions
    self.digests = digests
    self.precision = precision
  }

  /// Reads `legacy_versions`, `digests` and `upload_time`.
  public init(from settings: inout Settings) {
    legacyVersions = settings.choice(
      "legacy_versions",
      "Whether files stay whose version PEP 440 refuses.",
      default: .keep
    )
    digests = settings.choice(
      "digests",
      "Whether all digests stay, or MD5 and SHA-1 only where there is no other.",
      default: .all
    )
    precision = settings.choice(
      "upload_time",
      "How exact upload times are.",
      default: .microsecond
    )
  }

  /// Edits the records whose spelling differs.
  public func apply(to records: inout RecordEditor) async throws {
    var spelling = Spelling()
    for index in records.indices {
      let name = records[index].name
      if legacyVersions == .drop, !name.version.isEmpty, !name.hasValidVersion {
        records.drop(index, because: "the version is not one of PEP 440")
        continue
      }
      respell(index, of: &records, &spelling)
    }
  }

  private func respell(
    _ index: Int,
    of records: inout RecordEditor,
    _ spelling: inout Spelling
  ) {
    let facts = records[index].facts
    let python = spelling.requiresPython(records[index])
    let summary = Spelling.oneLine(records[index].bytes(facts.summary))
    let license = Spelling.oneLine(records[index].bytes(facts.license))
    let strong = digests == .strong ? Spelling.strong(records[index].bytes(facts.hashes)) : nil
    let time = facts.uploadTime.flatMap { precision == .second && $0.fraction != 0 ? $0 : nil }
    let isUnchanged = [python, summary, license, strong].allSatisfy { $0 == nil } && time == nil
    if isUnchanged { return }
    var edited = facts
    if let python { edited.requiresPython = records.store(python.span) }
    if let summary { edited.summary = records.store(summary.span) }
    if let license { edited.license = records.store(license.span) }
    if let strong { edited.hashes = records.store(strong.span) }
    if let time { edited.uploadTime = Timestamp(seconds: time.seconds) }
    records.edit(index, edited)
  }
}
