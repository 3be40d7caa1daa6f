import IndexModel
import IndexPipeline
import IndexTransport

// What is said of files that give no record.
extension DirectorySource {
  /// The path of a file as people read it.
  func text(of path: some Collection<UInt8>) -> String {
    "\(self.path)/\(String(decoding: path, as: UTF8.self))"
  }

  /// A file that is left out.
  func skipped(_ path: [UInt8], _ code: String, _ reason: String) -> SkippedLine {
    let slash = path.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
    let excerpt = Excerpt(path: text(of: path), line: 0, text: Array(path[slash...]), range: 0..<0)
    return SkippedLine(excerpt, code: code, reason: reason)
  }

  /// The failure of a file.
  func failure(_ file: String, _ problem: FileProblem) -> StageFailure {
    switch problem {
    case .broken(let reason):
      StageFailure(
        .data,
        code: "broken-distribution",
        "\(lead)\(path)/\(file): \(reason)",
        help: Self.skipHelp
      )
    case .unreadable(let code): failure(unreadable: file, code)
    case .changing:
      StageFailure(
        .transient(retryAfter: nil),
        code: "file-changed",
        "\(lead)\(path)/\(file) was changed while it was read",
        help: "put files into the folder by renaming them, when they are complete"
      )
    case .library(let reason):
      StageFailure(
        .config,
        code: "missing-library",
        "\(lead)\(reason)",
        help: "install libssl3 and libarchive13, or give \"hash\": false and \"metadata\": false"
      )
    case .cancelled: StageFailure(.cancelled, code: "interrupted", "\(lead)reading was ended")
    }
  }

  /// The failure of a file or a folder that cannot be read.
  func failure(unreadable file: String, _ code: ErrorCode) -> StageFailure {
    StageFailure(
      .unavailable,
      code: "cannot-read",
      "\(lead)cannot read \(path)\(file.utf8.isEmpty ? "" : "/\(file)"): \(code)",
      help: "check the path and its permissions"
    )
  }

  /// The failure of a file whose metadata cannot be written beside it.
  func failure(unwritable file: [UInt8], _ code: ErrorCode) -> StageFailure {
    StageFailure(
      .unavailable,
      code: "metadata-not-written",
      "\(lead)cannot write \(text(of: file.dropLast())): \(code)",
      help: "check the permissions of the folder, or give \"publish_metadata\": false"
    )
  }

  /// The failure of a file whose name cannot be in an index.
  func failure(misnamed file: [UInt8], _ problem: FilenameProblem) -> StageFailure {
    StageFailure(
      .data,
      code: problem.code,
      "\(lead)\(text(of: file)): \(problem.rawValue)",
      help: Self.skipHelp
    )
  }

  /// The failure of two files that have one name and different bytes.
  func failure(twice one: FoundFile, _ other: FoundFile) -> StageFailure {
    StageFailure(
      .data,
      code: "duplicate-file",
      "\(lead)\(one.text) and \(other.text) in \(path) have one name and different bytes",
      help:
        "an index has one file of a name: rename or remove one, or leave it out with \"exclude\""
    )
  }

  private var lead: String { title == path ? "" : "\(title): " }

  private static var skipHelp: String {
    "leave it out with \"exclude\", or give \"on_error\": \"skip\" to leave out and count such files"
  }
}
