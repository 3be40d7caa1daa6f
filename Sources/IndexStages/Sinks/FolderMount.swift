import IndexPipeline
import IndexTransport

/// A filesystem that is mounted where a folder would have to be replaced as a whole.
enum FolderMount: Sendable {
  /// On the folder.
  case itself
  /// On the file of this name in it: mounts move with the folder that they are in, so that a volume
  /// would leave the index with the old generation.
  case inside(String)

  /// Looks for one.
  ///
  /// - Throws: `IOFailure` when the folder cannot be read.
  init?(on folder: borrowing Directory) throws(IOFailure) {
    let present = try folder.status()
    let outer = try folder.status(of: [UInt8](path: "..").span)
    if let outer, present.isMountPoint(on: outer) {
      self = .itself
      return
    }
    var listing = try folder.list()
    while let entry = listing.next() {
      let name = listing.bytes.span.extracting(entry.name)
      guard try folder.status(of: name)?.isMountPoint(on: present) ?? false else { continue }
      self = .inside(String(path: name))
      return
    }
    return nil
  }

  /// What is in the way.
  var reason: String {
    switch self {
    case .itself: "it is a mount point"
    case .inside(let name): "\(name) in it is a mount point"
    }
  }

  /// What a person can do who wants the folder to be replaced as a whole.
  var remedy: String {
    switch self {
    case .itself: StageFailure.insideMount
    case .inside: "mount it outside of the output folder and let the web server join the two"
    }
  }
}

extension FileStatus {
  /// Whether a filesystem is mounted on this file of `folder`.
  ///
  /// Where the kernel does not say, a change of device tells it for all but bind mounts.
  fileprivate func isMountPoint(on folder: FileStatus) -> Bool {
    isMountPoint ?? (device != folder.device)
  }
}
