import IndexPipeline
import IndexTransport

extension StageFailure {
  /// Creates the failure of a publication to a folder or a file, with the remedy for what the kernel
  /// said.
  ///
  /// - Parameters:
  ///   - path: The output folder, or the file.
  ///   - failure: The call that failed.
  ///   - place: What it is called.
  ///   - notes: What is true of the index then.
  init(
    publishingTo path: String,
    _ failure: IOFailure,
    as place: String = "output folder",
    notes: [String] = [Self.unchanged]
  ) {
    let (code, help) = Self.remedy(for: failure, place)
    self.init(
      .publish,
      code: code,
      "cannot publish to \(path): \(failure)",
      notes: notes,
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
      help: Self.foreignRemedy(for: failure)
    )
  }

  /// Creates the failure to put a new index in the place of the old one because of a mount.
  init(switching path: String, _ reason: String, help: String) {
    self.init(
      .publish,
      code: "cannot-switch",
      "cannot switch \(path) to a new index in one step: \(reason)",
      notes: [Self.unchanged],
      help: help
    )
  }

  /// Creates the failure of a publication to a folder that another one changed in the meantime.
  init(overtakenAt path: String) {
    self.init(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "another run published to \(path) in the meantime",
      notes: [Self.unchanged],
      help: "run again"
    )
  }

  /// Creates the failure to exchange two names.
  init(switching path: String, _ failure: IOFailure) {
    let help =
      switch failure.code {
      case .busy: Self.insideMount
      // An overlay filesystem can exchange new folders, but none that comes from a lower layer.
      case .crossDevice:
        "if the folder is part of a container image, remove it there, or publish to a new folder"
          + " or inside a volume"
      default:
        "publish to a filesystem that can exchange two names, such as ext4, xfs, btrfs or tmpfs, or"
          + " page by page with \"mode\": \"files\""
      }
    self.init(switching: path, "\(failure)", help: help)
  }

  /// The remedy for an output folder that is a mount point.
  static var insideMount: String {
    "name a folder inside the mounted filesystem as the output folder, or publish page by page with"
      + " \"mode\": \"files\""
  }

  /// What the reader of any failure to publish wants to know first.
  static var unchanged: String { "what was there before is unchanged" }

  private static func foreignRemedy(for failure: IOFailure) -> String? {
    switch failure.code {
    case .exists, .notFolder:
      "Larder makes something of that name: move the file out of the output folder"
    case .accessDenied, .notPermitted:
      "publish as the user it belongs to, or as root, or move it out of the output folder"
    case .busy:
      "mount it outside of the output folder and let the web server join the two"
    default: remedy(for: failure).help
    }
  }

  private static func remedy(
    for failure: IOFailure,
    _ place: String = "output folder"
  ) -> (code: String, help: String?) {
    switch failure.code {
    case .notPermitted where failure.call == "fchown":
      ("no-permission", "publish as the user that the \(place) belongs to, or as root")
    case .noSpace:
      ("disk-full", "free space or inodes on the filesystem of the \(place)")
    case .quotaExceeded:
      ("disk-full", "free space or inodes, or raise the quota of this user")
    case .readOnly:
      ("read-only", "mount the filesystem of the \(place) writable, or name another folder")
    case .accessDenied, .notPermitted:
      (
        "no-permission",
        "let this user write the folder around the \(place), where the new index is made,"
          + " or name an \(place) in one that it may write"
      )
    case .device:
      ("device-error", "see the log of the kernel and check the disk")
    case .tooManyOpenFiles:
      ("too-many-open-files", "raise the limit with ulimit -n")
    case .exists, .notFolder, .linkLoop:
      (
        "cannot-write",
        "something else has the name of a folder or a page of the index: move it out of the \(place)"
      )
    case .fileTooLarge:
      ("file-too-large", "raise the limit with ulimit -f")
    default:
      ("cannot-write", nil)
    }
  }
}
