import IndexModel
public import IndexPipeline
import IndexTransport

/// Reads what an HTTP server has: a simple index, a directory listing, a page of links or a list.
public struct HTTPSource: Source {
  /// What is at the URL.
  enum Shape: String, CaseIterable {
    /// Whatever it turns out to be.
    case detect
    /// A simple index, in the form that the server prefers.
    case simple
    /// A simple index in HTML.
    case simpleHTML = "simple-html"
    /// A simple index in JSON.
    case simpleJSON = "simple-json"
    /// One page of links to files.
    case findLinks = "find-links"
    /// A directory listing.
    case listing
    /// A list of names or records, such as `larder/records.jsonl` or `packages.json`.
    case list

    var form: PageReader.Form {
      switch self {
      case .simpleHTML: .html
      case .simpleJSON: .json
      case .detect, .simple, .findLinks, .listing, .list: .any
      }
    }

    /// Whether there are pages of projects, so that some of them can be asked for.
    var isSimple: Bool { [.simple, .simpleHTML, .simpleJSON].contains(self) }
  }

  /// The type `http`.
  public static let info = StageInfo(
    type: "http",
    summary: "Reads another index, a directory listing, a page of links or a list over HTTP.",
    example: #"{ "type": "http", "url": "https://index.example/simple/" }"#,
    synonyms: ["https", "url", "web", "index", "mirror", "simple", "find-links", "autoindex"]
  )

  let url: HTTPURL?
  let shape: Shape
  let projects: ProjectPatterns?
  let depth: Int
  let fileURL: URLTemplate?
  let minutesAhead: Int?
  let otherHosts: [String]
  let badLines: BadLinePolicy
  let access: WebAccess
  let usesCache: Bool
  let allowsOlder: Bool
  let title: String
  let folder: String
  let urlPlace: Place

  /// Reads the fields of places on the web.
  public init(from settings: inout Settings) {
    url = settings.requiredURL(
      "url",
      "Where it is: a simple index, a directory listing, a page of links or a list.",
      example: "https://index.example/simple/"
    )
    urlPlace = settings.place(of: "url")
    shape = settings.choice(
      "as",
      "What is at the URL; `detect` looks at what comes.",
      default: .detect
    )
    projects = settings.projects(
      "projects",
      "The projects that are read of a simple index, instead of all: names and patterns, or a file "
        + "of them. For names alone, no list of all projects is asked for.",
      example: #"["numpy", "torch*"]"#
    )
    depth = settings.integer(
      "depth",
      "How many folders below the first a directory listing is read.",
      in: 0...64,
      default: 8
    )
    fileURL = settings.urlTemplate(
      "file_url",
      "Where files are of a list that names no URLs; it ends in `{filename}`.",
      example: "https://files.example/pool/{filename}"
    )
    minutesAhead = settings.timeZone()
    otherHosts = settings.strings(
      "allow_hosts",
      "Other hosts that pages may be redirected to.",
      example: ["mirror.example"]
    )
    badLines = settings.badLines()
    usesCache = settings.boolean(
      "cache",
      "Whether pages are kept, so that those which did not change are not transferred again.",
      default: true
    )
    allowsOlder = settings.boolean(
      "allow_older",
      "Whether an index may be older than it was in the run before.",
      default: false
    )
    access = WebAccess(from: &settings)
    title = settings.title
    folder = settings.folder
  }

  /// The URL, and the files of projects.
  public var claims: [Claim] {
    (url.map { [Claim(.reads, $0.text, field: "url")] } ?? [])
      + (projects?.files ?? []).map { Claim(.reads, $0, field: "projects") }
  }

  /// The URL.
  public var place: String { url?.text ?? "" }

  /// Asks for the URL.
  ///
  /// - Throws: `StageFailure` if the server does not answer, or refuses.
  public func preflight() async throws {
    guard let url else { return }
    let context = StageContext(.source, id: "preflight")
    _ = try await Fetcher(access, for: url, otherHosts: otherHosts, title: title, context).get(url)
  }

  /// Reads what is there.
  ///
  /// - Throws: `StageFailure`: `unavailable` if it is not there or is nothing of the kind,
  ///   `data` if it is not certain to be whole or holds what must not be published.
  public func read(into output: inout SourceOutput) async throws {
    guard let url else { return }
    let visit = try OriginVisit(self, url, output.context)
    do {
      try await visit.read(into: &output)
    } catch var failure as StageFailure {
      if failure.excerpt == nil { failure.diagnostic.remarks.append(Remark("at", "\(urlPlace)")) }
      throw failure
    }
  }
}
