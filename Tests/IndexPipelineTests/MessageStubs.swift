import IndexPipeline

// Stages that have no more than the names and the fields of those in the messages.

struct DirectoryStub: Source {
  static let info = StageInfo(type: "directory", summary: "Reads a folder.", example: "{}")

  let path: String
  var place: String { path }
  var claims: [Claim] { [Claim(.reads, path, field: "path")] }

  init(from settings: inout Settings) {
    path = settings.requiredPath("path", "The folder.", example: "wheels")
    _ = settings.strings("exclude", "What is left out.")
  }

  func read(into output: inout SourceOutput) async throws {}
}

struct HTTPStub: Source {
  static let info = StageInfo(type: "http", summary: "Reads an index.", example: "{}")

  let place: String

  init(from settings: inout Settings) {
    place = settings.requiredString("url", "The index.", example: "https://index.example/")
    _ = settings.duration("timeout_of_answer", "How long to wait.", default: "30s")
    _ = settings.size("page", "How much to read.", example: "8MiB")
  }

  func read(into output: inout SourceOutput) async throws {}
}

struct ExecStub: Source {
  static let info = StageInfo(
    type: "exec",
    summary: "Runs a program.",
    example: "{}",
    runsPrograms: true
  )

  var place: String { "a program" }

  init(from settings: inout Settings) {
    _ = settings.strings("command", "The program.", isRequired: true, example: ["list"])
    _ = settings.json("options", "What it is told.")
  }

  func read(into output: inout SourceOutput) async throws {}
}

struct StoreSourceStub: Source {
  static let info = StageInfo(
    type: "s3",
    summary: "Lists a store.",
    example: "{}",
    synonyms: ["s3_listing", "bucket"]
  )

  let place: String

  init(from settings: inout Settings) {
    place = settings.requiredString("bucket", "The bucket.", example: "acme-wheels")
    _ = settings.string("prefix", "What names begin with.")
  }

  func read(into output: inout SourceOutput) async throws {}
}

struct StoreSinkStub: Sink {
  static let info = StageInfo(type: "s3", summary: "Fills a store.", example: "{}")

  let secrets: [String?]

  init(from settings: inout Settings) {
    _ = settings.requiredString("bucket", "The bucket.", example: "acme-index")
    _ = settings.string("prefix", "What names begin with.")
    _ = settings.string("cache_control", "The header.")
    secrets = [
      settings.secret("access_key_id", "Who writes."),
      settings.secret("secret_access_key", "How that is proved."),
    ]
  }

  func inventory() async throws -> Inventory { Inventory() }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    throw StageFailure(.bug, code: "stub", "a stub writes nothing")
  }
}

/// A sink that says which folder it writes.
struct SiteStub: Sink {
  static let info = StageInfo(type: "filesystem", summary: "Writes a folder.", example: "{}")

  private enum Stale: String, CaseIterable {
    case keep, delete
  }

  let path: String
  var claims: [Claim] { [Claim(.writes, path, field: "path")] }

  init(from settings: inout Settings) {
    path = settings.requiredPath("path", "The output folder.", example: "public")
    _ = settings.choice("stale", "What becomes of old pages.", default: Stale.keep)
  }

  func inventory() async throws -> Inventory { Inventory() }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    throw StageFailure(.bug, code: "stub", "a stub writes nothing")
  }
}

struct LatestStub: Transform {
  static let info = StageInfo(type: "latest", summary: "Keeps the newest.", example: "{}")
  static let scope = TransformScope.project

  init(from settings: inout Settings) {
    _ = settings.integer(
      "count",
      "How many of the newest versions of each project to keep.",
      in: 1...Int.max,
      isRequired: true,
      example: 10
    )
  }

  func apply(to records: inout RecordEditor) async throws {}
}

struct DedupeStub: Transform {
  static let info = StageInfo(type: "dedupe", summary: "Keeps one of each.", example: "{}")
  static let scope = TransformScope.project

  private enum Key: String, CaseIterable {
    case filename, identity
  }

  private enum Preference: String, CaseIterable {
    case newest, oldest, first
  }

  init(from settings: inout Settings) {
    _ = settings.choice("by", "What is compared.", default: Key.filename)
    _ = settings.choice(
      "prefer",
      "Which one stays.",
      default: Preference.newest,
      synonyms: ["latest": .newest]
    )
  }

  func apply(to records: inout RecordEditor) async throws {}
}

extension Registry {
  /// The stages that the messages name.
  static func ofMessages() throws -> Registry {
    var registry = Registry()
    try registry.add(StdinStub.self)
    try registry.add(FileStub.self)
    try registry.add(DirectoryStub.self)
    try registry.add(HTTPStub.self)
    try registry.add(ExecStub.self)
    try registry.add(StoreSourceStub.self)
    try registry.add(LatestStub.self)
    try registry.add(DedupeStub.self)
    try registry.add(SiteStub.self)
    try registry.add(StoreSinkStub.self)
    return registry
  }
}
