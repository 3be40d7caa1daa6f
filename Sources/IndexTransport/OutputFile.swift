internal import CLinux
internal import Glibc

/// A file open for writing, which is closed at the end of its life.
public struct OutputFile: ~Copyable, Sendable {
  let descriptor: Int32
  private let isOwned: Bool

  /// Takes over an open file.
  init(owning descriptor: Int32) {
    self.descriptor = descriptor
    isOwned = true
  }

  private init(borrowing descriptor: Int32) {
    self.descriptor = descriptor
    isOwned = false
  }

  // Only reached on the way of another failure: what was written is given up anyway.
  deinit { if isOwned { _ = clinux_close(descriptor) } }

  /// The standard output, which is never closed.
  public static var standardOutput: OutputFile { OutputFile(borrowing: STDOUT_FILENO) }

  /// The standard error, which is never closed.
  public static var standardError: OutputFile { OutputFile(borrowing: STDERR_FILENO) }

  /// Writes all of `bytes`, in as many calls as the kernel wants.
  ///
  /// - Throws: `IOFailure` when a call fails; a part may be written then.
  @inline(__always)
  public borrowing func write(_ bytes: borrowing Span<UInt8>) throws(IOFailure) {
    var written = 0
    while written < bytes.count {
      let result = unsafe bytes.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return 0 }
        return unsafe clinux_write(descriptor, start + written, source.count - written)
      }
      if result >= 0 {
        written += result
      } else if result != Int(-EINTR) {
        throw IOFailure("write", result)
      }
    }
  }

  /// Writes all of `bytes` at a place, wherever writing has come to; several tasks may do it at once.
  ///
  /// - Parameters:
  ///   - bytes: What to write.
  ///   - offset: The place of the first one in the file.
  /// - Throws: `IOFailure` when a call fails; a part may be written then.
  public borrowing func write(
    _ bytes: borrowing Span<UInt8>,
    at offset: Int
  ) throws(IOFailure) {
    var written = 0
    while written < bytes.count {
      let result = unsafe bytes.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return 0 }
        let (rest, place) = (source.count - written, Int64(offset + written))
        return unsafe clinux_write_at(descriptor, start + written, rest, place)
      }
      if result >= 0 {
        written += result
      } else if result != Int(-EINTR) {
        throw IOFailure("pwrite", result)
      }
    }
  }

  /// Writes the file to the device, and waits for it.
  ///
  /// - Throws: `IOFailure` when the device fails, also for earlier writes.
  public borrowing func sync() throws(IOFailure) {
    let result = clinux_fsync(descriptor)
    if result < 0 { throw IOFailure("fsync", Int(result)) }
  }

  /// Takes over permissions and, as far as allowed, the owner of another file.
  ///
  /// - Throws: `IOFailure` when the filesystem refuses.
  public borrowing func adoptPermissions(of other: FileStatus) throws(IOFailure) {
    let owned = clinux_chown(descriptor, other.owner, other.group)
    if owned < 0 && owned != -EPERM { throw IOFailure("fchown", Int(owned)) }
    try setPermissions(other.permissions)
  }

  /// Sets the permissions, whatever the umask.
  ///
  /// - Throws: `IOFailure` when the filesystem refuses.
  borrowing func setPermissions(_ permissions: UInt32) throws(IOFailure) {
    let result = clinux_chmod(descriptor, permissions)
    if result < 0 { throw IOFailure("fchmod", Int(result)) }
  }

  /// Sets the time of the last change, which later writes move on.
  ///
  /// - Throws: `IOFailure` when the kernel refuses.
  @inline(__always)
  public borrowing func setModified(_ time: FileTime) throws(IOFailure) {
    let result = clinux_set_modified(descriptor, time.seconds, Int64(time.nanoseconds))
    if result < 0 { throw IOFailure("futimens", Int(result)) }
  }

  /// Takes over permissions, time of change, and as far as allowed the owner of another file.
  ///
  /// Only the superuser may give files away; what others copy is theirs. The owner comes first, as
  /// a change of it clears set-id bits.
  ///
  /// - Throws: `IOFailure` when the filesystem refuses.
  borrowing func adopt(_ other: FileStatus) throws(IOFailure) {
    try adoptPermissions(of: other)
    try setModified(other.modified)
  }

  /// Closes the file.
  ///
  /// - Throws: `IOFailure` when the kernel reports here that it could not keep what was written,
  ///   as network filesystems do.
  @inline(__always)
  public consuming func close() throws(IOFailure) {
    let result = isOwned ? clinux_close(descriptor) : 0
    discard self
    // Linux has closed the file also when a signal came in between.
    if result < 0 && result != -EINTR { throw IOFailure("close", Int(result)) }
  }
}
