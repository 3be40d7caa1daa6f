public import IndexPipeline

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
