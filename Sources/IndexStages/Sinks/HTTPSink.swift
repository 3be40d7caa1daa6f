public import IndexPipeline
import IndexTransport
import StrictJSON

/// Publishes an index to an HTTP server, page by page with PUT: nginx or Apache with DAV,
/// Artifactory, Nexus, and whatever else takes files so.
///
/// Such a server switches nothing in one step. While a publication is under way readers may find
/// pages of both indexes, but each page whole where the server replaces files whole, and never a
/// link to a page that is not there. After a failure the next run compares what it finds and sends
/// what is missing.
public struct HTTPSink: Sink {
  /// How pages are sent.
  enum Method: String, CaseIterable {
    case put = "PUT"
  }

  /// Whether folders are made.
  enum Folders: String, CaseIterable {
    /// Where the server refuses a page whose folder is not there.
    case auto
    case never
  }

  /// The type `http`.
  public static let info = StageInfo(
    type: "http",
    summary: "Publishes the index to an HTTP server that takes files by PUT, page by page.",
    example: #"{ "type": "http", "url": "https://index.example/" }"#,
    synonyms: ["https", "put", "webdav", "dav", "artifactory", "nexus", "upload"]
  )

  let url: HTTPURL?
  let makesFolders: Bool
  let keys: RemoteKeys
  let remote: RemoteFields
  let headers: RemoteHeaders
  let access: WebAccess
  let title: String
  private let memory = RemoteMemory()

  /// Reads the fields of places on the web.
  public init(from settings: inout Settings) {
    url =
      settings.requiredURL(
        "url",
        "The folder of the index: `simple/` and its like go below it.",
        example: "https://index.example/"
      )?.asFolder
    if let url, url.query != nil {
      settings.refuse("wrong-value", "\"url\" must not have a query", field: "url")
    }
    _ = settings.choice("method", "How pages are sent.", default: Method.put)
    keys = settings.remoteKeys(knowsJSON: false)
    remote = RemoteFields(from: &settings)
    var headers = remote.headers
    headers.fields += settings.headers(
      "headers",
      "Further fields of all requests.",
      example: #"{ "X-Repository": "python" }"#
    )
    headers.fields += settings.apiKey()
    self.headers = headers
    let folders = settings.choice(
      "mkcol",
      "Whether folders are made by MKCOL: `auto` where the server refuses a page without.",
      default: Folders.auto
    )
    makesFolders = folders == .auto
    access = WebAccess(from: &settings, connections: 32)
    title = settings.title
  }

  /// The URL.
  public var claims: [Claim] { url.map { [Claim(.writes, $0.text, field: "url")] } ?? [] }

  /// Whether distributions are sent too.
  public var publishesFiles: Bool { remote.publishesFiles }

  /// Pages that did not change are not sent.
  public var sendsChangesOnly: Bool { true }

  /// Remembers the run.
  public func open(_ context: StageContext) { memory.open(context) }

  /// Closes connections.
  public func close(isSuccess: Bool) async { memory.close() }

  /// Reads what the server says that it holds.
  ///
  /// - Throws: `StageFailure` if it does not answer, or refuses.
  public func preflight() async throws { _ = try await inventory() }

  /// Reads the manifest on the server; without one, it holds nothing of Larder's.
  ///
  /// - Throws: `StageFailure` if that is not certain.
  public func inventory() async throws -> Inventory { try await memory.inventory(store) }

  /// Asks for each file.
  ///
  /// - Throws: `StageFailure` if one has other bytes, or if that is not certain.
  public func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] {
    try await memory.missing(of: files, store)
  }

  /// Locks the place, where the server can do so.
  ///
  /// - Throws: `StageFailure` if it refuses, or if another run publishes there.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    try await memory.begin(
      publication,
      keys,
      lease: remote.lease,
      RemoteRemoval(isMeant: remote.stale == .delete, files: publication.removedFiles),
      store
    )
  }

  private func store(_ context: StageContext) throws(StageFailure) -> any RemoteStore {
    guard let url else {
      throw StageFailure(.config, code: "missing-field", "\(title) needs the field \"url\"")
    }
    return try WebStore(
      access,
      at: url,
      headers,
      makesFolders: makesFolders,
      title: title,
      context
    )
  }
}

extension HTTPURL {
  /// The URL with a slash at the end of its path.
  fileprivate var asFolder: HTTPURL {
    if path.last == UInt8(ascii: "/") { return self }
    return resolving((Array(path) + [UInt8(ascii: "/")]).span) ?? self
  }
}

extension Settings {
  /// Reads fields of requests.
  fileprivate mutating func headers(
    _ name: String,
    _ doc: String,
    example: String
  ) -> [HTTPField] {
    guard let value = json(name, doc, example: example) else { return [] }
    guard let members = value.members else {
      refuse("wrong-type", "\"\(name)\" must be an object", field: name)
      return []
    }
    var fields: [HTTPField] = []
    for member in members {
      if let text = member.value.string, let field = HTTPField(member.key, text) {
        fields.append(field)
      } else {
        refuse(
          "wrong-value",
          "\"\(name)\": \"\(member.key)\" is no field that can be sent, or its value is no text",
          field: name,
          notes: ["Larder sets fields such as Host and Content-Length by itself"]
        )
      }
    }
    return fields
  }

  /// Reads a key that a server wants in a field of its own.
  fileprivate mutating func apiKey() -> [HTTPField] {
    let name = string(
      "api_key_header",
      "The field of requests that `api_key` is sent in.",
      default: "X-Api-Key",
      example: "X-JFrog-Art-Api"
    )
    let key = secret("api_key", "A key that the server wants in a field of its own.")
    guard let key else { return [] }
    if let field = HTTPField(name, key) { return [field] }
    refuse("wrong-value", "\"api_key\" or \"api_key_header\" cannot be sent", field: "api_key")
    return []
  }
}
