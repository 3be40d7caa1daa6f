public import IndexModel
public import IndexPipeline

/// Says what state projects are in: archived, quarantined or deprecated.
///
/// Source: PEP 792. Pages show the state; files of a quarantined project are not offered.
public struct AnnotateTransform: Transform {
  /// What a project may be.
  public enum Status: String, CaseIterable, Sendable {
    case active, archived, quarantined, deprecated
  }

  /// The type `annotate`.
  public static let info = StageInfo(
    type: "annotate",
    summary: "Says that projects are archived, quarantined or deprecated, and why.",
    example:
      #"{ "type": "annotate", "where": { "project": "acme-old" }, "status": "deprecated", "#
      + #""reason": "use acme" }"#,
    synonyms: ["status", "archive", "quarantine", "deprecate", "mark"]
  )

  /// A state is one of a project.
  public static var scope: TransformScope { .project }

  /// The state of the projects, and why.
  public let status: ProjectStatus

  /// Creates a transform.
  public init(_ status: ProjectStatus) { self.status = status }

  /// Reads `status` and `reason`.
  public init(from settings: inout Settings) {
    let status = settings.requiredChoice(
      "status",
      "The state of the projects that a file of `where` is of; `active` takes back another.",
      example: Status.archived
    )
    let reason = settings.string("reason", "Why, for people.", example: "use acme-core")
    self.status = ProjectStatus(
      ProjectStatus.Marker(rawValue: status.rawValue) ?? .active,
      reason: reason ?? ""
    )
  }

  /// Marks the project.
  public func apply(to records: inout RecordEditor) async throws {
    if !records.indices.isEmpty { records.setStatus(status, ofProjectOf: 0) }
  }
}
