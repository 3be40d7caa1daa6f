import IndexTransport

/// What tells whether a file is the one of an earlier run, with the same bytes in it.
struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
  let size: UInt64
  let modified: FileTime
  /// Nobody can set it, so that a copy which keeps times is found out too.
  let changed: FileTime

  init(device: UInt64, inode: UInt64, size: UInt64, modified: FileTime, changed: FileTime) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  init(_ status: FileStatus) {
    device = status.device
    inode = status.inode
    size = status.size
    modified = status.modified
    changed = status.changed
  }

  /// Hashes the inode alone: two files of one are most often the same file.
  func hash(into hasher: inout Hasher) { hasher.combine(inode) }
}
