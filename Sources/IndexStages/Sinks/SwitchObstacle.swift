import IndexPipeline
import IndexTransport

/// Why a folder cannot be replaced as a whole, as far as that is known before it is tried.
enum SwitchObstacle: Sendable {
  /// A filesystem is mounted on it.
  case mountPoint
  /// A filesystem is mounted on the file of this name in it: mounts move with the folder that they
  /// are in, so that a volume would leave the index with the old generation.
  case mountInside(String)
  /// The folder around it, where the new index would be made, is not this user's.
  case permissions

  /// Looks for one.
  ///
  /// - Throws: `IOFailure` when the folder cannot be read.
  init?(of folder: borrowing Directory) throws(IOFailure) {
    let outer = [UInt8](path: "..")
    if let mount = try Self(mountedOn: folder) {
      self = mount
    } else if folder.mayWrite(outer.span) {
      return nil
    } else {
      self = .permissions
    }
  }

  /// Looks for a mount.
  ///
  /// - Throws: `IOFailure` when the folder cannot be read.
  init?(mountedOn folder: borrowing Directory) throws(IOFailure) {
    let present = try folder.status()
    let outer = try folder.status(of: [UInt8](path: "..").span)
    if let outer, present.isMountPoint(on: outer) {
      self = .mountPoint
      return
    }
    var listing = try folder.list()
    while let entry = listing.next() {
      let name = listing.bytes.span.extracting(entry.name)
      guard try folder.status(of: name)?.isMountPoint(on: present) ?? false else { continue }
      self = .mountInside(String(path: name))
      return
    }
    return nil
  }

  /// What is in the way.
  var reason: String {
    switch self {
    case .mountPoint: "it is a mount point"
    case .mountInside(let name): "\(name) in it is a mount point"
    case .permissions: "this user may not write the folder around it"
    }
  }

  /// What a person can do who wants the folder to be replaced as a whole.
  var remedy: String {
    switch self {
    case .mountPoint: StageFailure.insideMount
    case .mountInside:
      "mount it outside of the output folder and let the web server join the two"
    case .permissions: "let this user write the folder around it, where the new index is made"
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
