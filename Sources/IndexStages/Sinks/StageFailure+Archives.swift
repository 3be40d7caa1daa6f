import IndexPipeline
import IndexTransport

extension StageFailure {
  /// Creates the failure to read the archive that is there.
  static func unreadable(_ path: String, _ reason: String) -> StageFailure {
    StageFailure(
      .publish,
      code: "unreadable-archive",
      "cannot read what \(path) holds now: \(reason)",
      notes: [unchanged],
      help: "restore the archive; or move it away, and all of the index counts as new"
    )
  }

  /// Creates the failure to publish an archive to what is no file.
  static func notAFile(_ path: String) -> StageFailure {
    StageFailure(
      .publish,
      code: "not-an-archive",
      "cannot publish to \(path): it is no file",
      notes: [unchanged],
      help: "name a file, such as dist/index.tar.zst"
    )
  }

  /// Creates the failure to keep pages until they are written.
  static func spooling(_ failure: IOFailure, in folder: String) -> StageFailure {
    StageFailure(
      .publish,
      code: "cannot-write",
      "cannot keep pages in \(folder): \(failure)",
      notes: [unchanged],
      help: "set TMPDIR to a folder with room, or \"memory\" to more than the pages take"
    )
  }

  /// Creates the failure to compress.
  static func compressing(_ path: String, _ failure: LibraryFailure) -> StageFailure {
    StageFailure(
      .publish,
      code: "missing-library",
      "cannot compress \(path): \(failure)",
      notes: [unchanged],
      help: "install libdeflate0, libzstd1 and liblzma5, or set \"compression\" to \"none\""
    )
  }
}
