import IndexModel
public import IndexPipeline
import StrictJSON

/// Says where the files are: gives each record a URL made of its facts.
public struct RenameURLTransform: Transform {
  /// What becomes of a record that does not know what the template asks for.
  public enum Missing: String, CaseIterable, Sendable {
    /// The run stops.
    case fail
    /// The record keeps the URL that it has.
    case keep
  }

  /// The type `rename-url`.
  public static let info = StageInfo(
    type: "rename-url",
    summary: "Gives each file a URL that is made of its name, project, version or digest.",
    example:
      #"{ "type": "rename-url", "template": "https://files.example/{project}/{filename}" }"#,
    synonyms: ["url", "file-url", "rewrite-url", "relocate"]
  )

  /// A record is edited by itself.
  public static var scope: TransformScope { .record }

  private let template: URLTemplate?
  private let missing: Missing

  /// Reads `template` and `on_missing`.
  public init(from settings: inout Settings) {
    let text = settings.requiredString(
      "template",
      "The URL, absolute or relative to `simple/<project>/`. It ends in `{filename}`; `{project}`, "
        + "`{version}`, `{kind}`, `{initial}` (the first letter of the project) and `{sha256}` or "
        + "another digest may stand before it, behind a folder.",
      example: "https://files.example/{project}/{filename}"
    )
    missing = settings.choice(
      "on_missing",
      "Whether a file without such a version or digest fails the run, or keeps its URL.",
      default: .fail
    )
    do throws(URLTemplate.Problem) {
      template = try URLTemplate(text)
    } catch {
      template = nil
      guard settings.isGiven("template"), !text.isEmpty else { return }
      settings.refuse(
        "wrong-value",
        "\"template\": \(error.message)",
        field: "template",
        notes: ["holes: \(URLTemplate.Hole.names.map { "{\($0)}" }.joined(separator: ", "))"]
      )
    }
  }

  /// Gives each record its URL.
  ///
  /// - Throws: `StageFailure` if a record does not know what the template asks for.
  public func apply(to records: inout RecordEditor) async throws {
    guard let template else { return }
    var url = ByteBuffer()
    for index in records.indices {
      if let hole = template.fill(records[index], into: &url) {
        if missing == .keep { continue }
        throw StageFailure(
          .data,
          code: "missing-fact",
          "\"\(records[index].filenameText)\" has no \(hole) for its URL",
          help: "leave it out with a filter, or give \"on_missing\": \"keep\""
        )
      }
      var facts = records[index].facts
      facts.url = records.store(url.span)
      records.edit(index, facts)
    }
  }
}
