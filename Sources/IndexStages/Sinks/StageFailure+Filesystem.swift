import IndexPipeline
import IndexTransport

extension StageFailure {
  /// Creates the failure of a publication to a folder, with the remedy for what the kernel said.
  ///
  /// - Parameters:
  ///   - path: The output folder.
  ///   - failure: The call that failed.
  init(publishingTo path: String, _ failure: IOFailure) {
    let (code, help) = Self.remedy(for: failure.code)
    self.init(
      .publish,
      code: code,
      "cannot publish to \(path): \(failure)",
      notes: [Self.unchanged],
      help: help
    )
  }

  /// Creates the failure to keep what is not Larder's in the output folder.
  init(keepingForeignFilesOf path: String, _ failure: IOFailure) {
    self.init(
      .publish,
      code: "cannot-keep-file",
      "cannot take a file that is not Larder's over into the new index at \(path): \(failure)",
      notes: [Self.unchanged],
      help: failure.code == .exists || failure.code == .notFolder
        ? "Larder makes something of that name: move the file out of the output folder"
        : Self.remedy(for: failure.code).help
    )
  }

  /// Creates the failure to put a new index in the place of the old one.
  init(switching path: String, _ reason: String, help: String? = nil) {
    self.init(
      .publish,
      code: "cannot-switch",
      "cannot switch \(path) to a new index in one step: \(reason)",
      notes: [Self.unchanged],
      help: help ?? "name a folder inside the mounted filesystem as the output folder"
    )
  }

  /// What the reader of any failure to publish wants to know first.
  static var unchanged: String { "what was there before is unchanged" }

  private static func remedy(for code: ErrorCode) -> (code: String, help: String?) {
    switch code {
    case .noSpace:
      ("disk-full", "free space or inodes on the filesystem of the output folder")
    case .quotaExceeded:
      ("disk-full", "free space or inodes, or raise the quota of this user")
    case .readOnly:
      ("read-only", "mount the filesystem of the output folder writable, or name another folder")
    case .accessDenied, .notPermitted:
      (
        "no-permission",
        "let this user write the folder around the output folder, where the new index is made,"
          + " or name an output folder in one that it may write"
      )
    case .device:
      ("device-error", "see the log of the kernel and check the disk")
    case .tooManyOpenFiles:
      ("too-many-open-files", "raise the limit with ulimit -n")
    case .fileTooLarge:
      ("file-too-large", "raise the limit with ulimit -f")
    default:
      ("cannot-write", nil)
    }
  }
}
