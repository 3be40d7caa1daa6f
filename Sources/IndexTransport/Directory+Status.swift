internal import CLinux
internal import Glibc

extension Directory {
  /// What the filesystem knows of a file in this folder, of a symbolic link itself.
  ///
  /// - Returns: nil when nothing has the name.
  /// - Throws: `IOFailure` when the folder may not be searched or the device fails.
  public borrowing func status(
    of path: borrowing Span<UInt8>
  ) throws(IOFailure) -> FileStatus? {
    var found = clinux_status()
    let result = unsafe path.withPath { unsafe Int(clinux_status(descriptor, $0, 0, &found)) }
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

  /// Takes over the owner and the permissions of another folder, whatever the umask.
  ///
  /// - Throws: `IOFailure` when the filesystem refuses the permissions.
  public borrowing func adoptAccess(of other: FileStatus) throws(IOFailure) {
    try Self.adoptAccess(descriptor, of: other)
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

  /// Gives an open file the owner and the permissions of `other`.
  ///
  /// Only the superuser may give files away; for all others a file stays theirs. The owner comes
  /// first, as a change of it clears set-id bits.
  static func adoptAccess(_ descriptor: Int32, of other: FileStatus) throws(IOFailure) {
    let owned = clinux_chown(descriptor, other.owner, other.group)
    if owned < 0 && owned != -EPERM { throw IOFailure("fchown", Int(owned)) }
    let permitted = clinux_chmod(descriptor, other.permissions)
    if permitted < 0 { throw IOFailure("fchmod", Int(permitted)) }
  }
}
