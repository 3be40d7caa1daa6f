import IndexPipeline
import IndexTransport

/// Whether a file is at the place that it is to be published to.
enum FilePresence: Sendable {
  /// Nothing has its name.
  case absent
  /// It is there.
  case same
  /// Something else has its name.
  case other

  /// Looks at a folder of the file system.
  ///
  /// - Throws: `IOFailure` or `LibraryFailure` if the file cannot be read.
  init(of file: OutgoingFile, in folder: borrowing Directory) throws {
    let path = file.path + [0]
    guard let status = try folder.status(of: path.span) else {
      self = .absent
      return
    }
    guard status.kind == .file, file.content.size.map({ $0 == Int(status.size) }) ?? true else {
      self = .other
      return
    }
    var digest = try Digest(.sha256)
    try digest.update(readingAllOf: folder.input(path.span)) { Task.isCancelled }
    try Task.checkCancellation()
    self = digest.finish().hexadecimal.utf8.elementsEqual(file.content.sha256.utf8) ? .same : .other
  }
}

extension Settings {
  /// Reads whether distributions are published too.
  mutating func publishesFiles() -> Bool {
    boolean(
      "publish_files",
      "Whether the distributions that a source `directory` has are published too, with the metadata "
        + "in wheels, to where their links lead. A file that is there with other bytes fails the run; "
        + "those that Larder published go as pages do.",
      default: false
    )
  }
}
