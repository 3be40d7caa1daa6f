internal import CLinux
internal import Glibc

extension Directory {
  /// What the filesystem knows of a file in this folder.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - followsLink: Whether to look at what a symbolic link at the end of `path` points to, rather
  ///     than at the link itself.
  /// - Returns: nil when nothing has the name.
  /// - Throws: `IOFailure` when the folder may not be searched or the device fails.
  public borrowing func status(
    of path: borrowing Span<UInt8>,
    followingLink followsLink: Bool = false
  ) throws(IOFailure) -> FileStatus? {
    var found = clinux_status()
    let result = unsafe path.withPath {
      unsafe Int(clinux_status(descriptor, $0, followsLink ? 1 : 0, &found))
    }
    // ENOTDIR: a part of the path is a file, so that there is nothing below it.
    if result == Int(-ENOENT) || result == Int(-ENOTDIR) { return nil }
    if result < 0 { throw IOFailure("statx", path, result) }
    return FileStatus(found)
  }

  /// What the filesystem knows of this folder.
  ///
  /// - Throws: `IOFailure` when the device fails.
  public borrowing func status() throws(IOFailure) -> FileStatus {
    try Self.status(descriptor)
  }

  /// What the filesystem knows of an open file.
  static func status(_ descriptor: Int32) throws(IOFailure) -> FileStatus {
    var found = clinux_status()
    let itself: [UInt8] = [0]
    let result = unsafe itself.span.withPath {
      unsafe Int(clinux_status(descriptor, $0, 0, &found))
    }
    if result < 0 { throw IOFailure("statx", result) }
    return FileStatus(found)
  }

  /// Whether this process may make and remove files in a folder, as far as its permissions and the
  /// mount say.
  ///
  /// - Parameter path: The path of the folder.
  public borrowing func mayWrite(_ path: borrowing Span<UInt8>) -> Bool {
    unsafe path.withPath { unsafe Int(clinux_may_write(descriptor, $0)) } == 0
  }

  /// Takes over the owner and the group of another folder.
  ///
  /// - Throws: `IOFailure`, with `notPermitted` when they are others' and this is no superuser.
  public borrowing func adoptOwner(of other: FileStatus) throws(IOFailure) {
    let status = try self.status()
    if status.owner == other.owner && status.group == other.group { return }
    let result = clinux_chown(descriptor, other.owner, other.group)
    if result < 0 { throw IOFailure("fchown", Int(result)) }
  }

  /// Sets the permissions of this folder, whatever the umask.
  ///
  /// - Throws: `IOFailure` when it belongs to someone else.
  public borrowing func setPermissions(_ permissions: UInt32) throws(IOFailure) {
    let result = clinux_chmod(descriptor, permissions)
    if result < 0 { throw IOFailure("fchmod", Int(result)) }
  }

  /// Sets the time of the last change of this folder, which later changes move on.
  ///
  /// - Throws: `IOFailure` when it belongs to someone else.
  public borrowing func setModified(_ time: FileTime) throws(IOFailure) {
    let result = clinux_set_modified(descriptor, time.seconds, Int64(time.nanoseconds))
    if result < 0 { throw IOFailure("futimens", Int(result)) }
  }

  /// Sets the time of the last change of this folder to now, by the clock of the filesystem.
  ///
  /// - Throws: `IOFailure` when it may not be written.
  public borrowing func touch() throws(IOFailure) {
    let result = clinux_touch(descriptor)
    if result < 0 { throw IOFailure("futimens", Int(result)) }
  }
}
