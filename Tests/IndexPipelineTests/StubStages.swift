import IndexPipeline

/// A source that remembers its settings.
struct FileStub: Source {
  static let info = StageInfo(
    type: "file",
    summary: "Reads a list file.",
    example: #"{ "type": "file", "path": "packages.txt" }"#
  )

  enum Shape: String, CaseIterable {
    case list, jsonl, detect
  }

  let lines: [String]
  var place: String { lines[0] }

  init(from settings: inout Settings) {
    let path = settings.requiredPath("path", "The list file.", example: "packages.txt")
    let shape = settings.choice("format", "How lines are written.", default: Shape.detect)
    lines = [path, shape.rawValue]
  }

  func read(into output: inout SourceOutput) async throws {}
}

/// A source without fields.
struct StdinStub: Source {
  static let info = StageInfo(
    type: "stdin",
    summary: "Reads standard input.",
    example: #"{ "type": "stdin" }"#
  )

  var place: String { "-" }

  init(from settings: inout Settings) {}

  func read(into output: inout SourceOutput) async throws {}
}

/// A sink that remembers its settings.
struct FolderStub: Sink {
  static let info = StageInfo(
    type: "filesystem",
    summary: "Writes a folder.",
    example: #"{ "type": "filesystem", "path": "public" }"#,
    synonyms: ["fs", "folder"]
  )

  let settings: [String]

  init(from settings: inout Settings) {
    let path = settings.requiredPath("path", "The output folder.", example: "public")
    let size = settings.integer("size", "How large it is.", in: 1...9, default: 3)
    let durable = settings.boolean("durable", "Whether it lasts.", default: true)
    self.settings = [path, "\(size)", "\(durable)"]
  }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    throw StageFailure(.bug, code: "stub", "a stub writes nothing")
  }
}
