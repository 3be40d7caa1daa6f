public import IndexPipeline
import IndexTransport

/// Fills in what records with a URL do not say: hashes, sizes and metadata.
///
/// It sees all records at once, so that files of all projects are under way together.
public struct EnrichTransform: Transform {
  /// The type `enrich`.
  public static let info = StageInfo(
    type: "enrich",
    summary: "Fills in missing hashes, sizes and metadata of the files behind URLs.",
    example: #"{ "type": "enrich", "hashes": ["sha256"] }"#,
    synonyms: ["hash", "hashes", "digest", "complete", "fetch", "metadata", "size"]
  )

  /// Files are fetched together, whatever their project.
  public static var scope: TransformScope { .index }

  let options: EnrichOptions
  let access: WebAccess
  let loginOrigin: HTTPOrigin?
  let usesCache: Bool
  let title: String
  let folder: String

  /// Reads what is wanted, and the fields of places on the web.
  public init(from settings: inout Settings) {
    options = EnrichOptions(from: &settings)
    usesCache = settings.boolean(
      "cache",
      "Whether what was found is kept by URL and ETag: a file that did not change then costs one "
        + "request without content, and one whose record has a SHA-2 digest none at all. Its "
        + "`.metadata` is taken to change with it.",
      default: true
    )
    loginOrigin = Self.origin(in: &settings)
    access = WebAccess(from: &settings)
    title = settings.title
    folder = settings.folder
    for field in ["username", "password", "bearer_token"]
    where settings.isGiven(field) && !settings.isGiven("origin") {
      settings.refuse(
        "missing-field",
        "\"\(field)\" needs the field \"origin\": no other server sees the login",
        field: nil
      )
    }
  }

  private static func origin(in settings: inout Settings) -> HTTPOrigin? {
    let text = settings.string(
      "origin",
      "The only server that the login is sent to; files may be on others too.",
      example: "https://files.example"
    )
    guard let text else { return nil }
    do throws(HTTPURLProblem) {
      let url = try HTTPURL(text)
      if url.path.count == 1, url.query == nil, url.login == nil { return url.origin }
      settings.refuse(
        "wrong-value",
        "\"origin\" must be a scheme, a host and perhaps a port, such as \(url.origin)",
        field: "origin"
      )
    } catch {
      settings.refuse("wrong-value", "\"origin\": \(error)", field: "origin")
    }
    return nil
  }

  /// Asks for what is missing, and fills it in.
  ///
  /// - Throws: `StageFailure`: `data` if a file is not what its record says, or if hashes of a
  ///   project stay incomplete; `unavailable` if a server refuses.
  public func apply(to records: inout RecordEditor) async throws {
    let files = try MissingFacts(options, title: title).files(of: records)
    let isComplete = files.isEmpty
    let outcomes = isComplete ? [:] : try await EnrichRun(self, records.context).read(files)
    var projects = EnrichedProjects(options: options, title: title)
    try projects.complete(&records, files, outcomes)
  }
}
