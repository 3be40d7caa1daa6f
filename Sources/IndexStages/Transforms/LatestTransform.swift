import IndexModel
public import IndexPipeline
import StrictJSON

/// Keeps the newest versions of each project.
public struct LatestTransform: Transform {
  /// What makes a version newer than another.
  public enum Order: String, CaseIterable, Sendable {
    /// The order of PEP 440; versions that it refuses are older than all others.
    case version
    /// The first upload of one of its files; a version without one counts as uploaded now.
    case upload_time
  }

  /// What becomes of pre-releases.
  public enum Prereleases: String, CaseIterable, Sendable {
    /// They are versions like others.
    case count
    /// They stay, and are not counted.
    case keep
    /// They are left out where the project has any other version.
    case drop
  }

  /// The type `latest`.
  public static let info = StageInfo(
    type: "latest",
    summary: "Keeps the newest versions of each project, and leaves out the files of all others.",
    example: #"{ "type": "latest", "count": 10 }"#,
    synonyms: ["newest", "retention", "keep-latest", "prune"]
  )

  /// Versions are counted in a project.
  public static var scope: TransformScope { .project }

  /// How many versions stay.
  public let count: Int
  /// What makes a version newer.
  public let order: Order
  /// What becomes of pre-releases.
  public let prereleases: Prereleases
  /// Whether versions that differ in their local part only, such as `+cpu`, are one.
  public let joinsLocal: Bool

  /// Creates a transform; see the properties for what its parts are.
  public init(
    count: Int,
    by order: Order = .version,
    prereleases: Prereleases = .count,
    joinsLocal: Bool = false
  ) {
    self.count = count
    self.order = order
    self.prereleases = prereleases
    self.joinsLocal = joinsLocal
  }

  /// Reads `count`, `by`, `prereleases` and `join_local`.
  public init(from settings: inout Settings) {
    count =
      settings.integer(
        "count",
        "How many of the newest versions of each project to keep.",
        in: 1...Int.max,
        isRequired: true,
        example: 10
      ) ?? 1
    order = settings.choice(
      "by",
      "What makes a version newer: its number, or the time that its first file was uploaded.",
      default: .version
    )
    prereleases = settings.choice(
      "prereleases",
      "Whether pre-releases count, are kept without counting, or are left out where there are "
        + "other versions.",
      default: .count
    )
    joinsLocal = settings.boolean(
      "join_local",
      "Whether versions that differ in their local part only, such as `+cpu`, count as one.",
      default: false
    )
  }

  /// Drops the files of older versions.
  public func apply(to records: inout RecordEditor) async throws {
    var versions = ProjectVersions(records, joinsLocal: joinsLocal)
    if prereleases == .drop, versions.list.contains(where: { !$0.isPrerelease }) {
      for version in versions.list where version.isPrerelease {
        for index in version.files { records.drop(index, because: "is a pre-release") }
      }
      versions.list.removeAll(where: \.isPrerelease)
    }
    if prereleases == .keep { versions.list.removeAll(where: \.isPrerelease) }
    guard versions.list.count > count else { return }
    versions.sort(byTime: order == .upload_time)
    let reason = "not among the newest \(count) version\(count == 1 ? "" : "s")"
    for version in versions.list.dropLast(count) {
      for index in version.files { records.drop(index, because: reason) }
    }
  }
}

/// The versions of one project.
private struct ProjectVersions {
  struct Version {
    let key: [UInt8]
    let isPrerelease: Bool
    /// The first upload; `nil` if the time of one of the files is not known.
    var time: Timestamp?
    var files: [Int]
  }

  var list: [Version] = []

  init(_ records: borrowing RecordEditor, joinsLocal: Bool) {
    var known = TextSet()
    for index in records.indices {
      let record = records[index]
      var text = record.version
      if joinsLocal, let plus = text.firstIndex(of: UInt8(ascii: "+"), from: 0) {
        text = text.extracting(..<plus)
      }
      var key: [UInt8] = []
      let scan = VersionScan.scan(text, appendingSortKeyTo: &key)
      let number = known.insert(key.span)
      let time = record.facts.uploadTime
      if number == list.count {
        let isPrerelease = scan?.isPrerelease ?? false
        list.append(Version(key: key, isPrerelease: isPrerelease, time: time, files: [index]))
      } else {
        list[number].files.append(index)
        list[number].time = list[number].time.flatMap { first in time.map { min(first, $0) } }
      }
    }
  }

  /// Puts the newest version last.
  mutating func sort(byTime: Bool) {
    list.sort { a, b in
      if byTime, a.time != b.time {
        guard let time = a.time else { return false }
        return b.time.map { time < $0 } ?? true
      }
      return a.key.lexicographicallyPrecedes(b.key)
    }
  }
}
