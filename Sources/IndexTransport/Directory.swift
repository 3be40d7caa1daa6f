internal import CLinux
internal import Glibc

/// An open folder; all paths given to it are relative to it, wherever it is moved meanwhile.
///
/// Paths end with a NUL byte (`[UInt8](path:)` makes one) and may have several components.
/// Nothing here follows a symbolic link at the end of a path, except where it says so.
public struct Directory: ~Copyable, Sendable {
  let descriptor: Int32
  /// The permissions of what is made in it and in folders that are opened in it; nil for those that
  /// the umask leaves.
  public var madePermissions: MadePermissions?

  init(owning descriptor: Int32, making permissions: MadePermissions? = nil) {
    self.descriptor = descriptor
    madePermissions = permissions
  }

  // Nothing is written through the descriptor of a folder, so nothing can be lost here.
  deinit { _ = clinux_close(descriptor) }

  /// Opens a folder, following symbolic links.
  ///
  /// - Parameter path: A path; a relative one starts at the working folder.
  /// - Throws: `IOFailure` when it is missing, is no folder or may not be read.
  public static func open(_ path: borrowing Span<UInt8>) throws(IOFailure) -> Directory {
    let result = unsafe path.withPath { unsafe Int(clinux_open_folder(AT_FDCWD, $0, 1)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    return Directory(owning: Int32(result))
  }

  /// Opens a folder in this one.
  ///
  /// - Throws: `IOFailure`, with `linkLoop` or `notFolder` when `path` ends in a symbolic link.
  public borrowing func folder(_ path: borrowing Span<UInt8>) throws(IOFailure) -> Directory {
    let result = unsafe path.withPath { unsafe Int(clinux_open_folder(descriptor, $0, 0)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    return Directory(owning: Int32(result), making: madePermissions)
  }

  /// Opens a file in this folder for reading.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - followsLink: Whether to open what a symbolic link at the end of `path` points to.
  /// - Throws: `IOFailure`, with `linkLoop` when `path` ends in a symbolic link that is not followed.
  public borrowing func input(
    _ path: borrowing Span<UInt8>,
    followingLink followsLink: Bool = false
  ) throws(IOFailure) -> InputFile {
    let result = unsafe path.withPath {
      unsafe Int(clinux_open_input(descriptor, $0, followsLink ? 1 : 0))
    }
    if result < 0 { throw IOFailure("openat", path, result) }
    return InputFile(owning: Int32(result), path: String(path: path))
  }

  /// Creates a file that must not exist yet.
  ///
  /// - Parameter mode: Its permissions, less those of the umask; nil for ``madePermissions``.
  /// - Throws: `IOFailure`, with `exists` when anything has the name.
  @inline(__always)
  public borrowing func create(
    _ path: borrowing Span<UInt8>,
    mode: UInt32? = nil
  ) throws(IOFailure) -> OutputFile {
    let result = unsafe path.withPath { unsafe Int(clinux_create(descriptor, $0, mode ?? 0o666)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    let file = OutputFile(owning: Int32(result))
    if mode == nil, let madePermissions { try file.setPermissions(madePermissions.file) }
    return file
  }

  /// Opens an existing file for appending to it.
  ///
  /// - Throws: `IOFailure`, with `missing` when there is no such file.
  public borrowing func append(to path: borrowing Span<UInt8>) throws(IOFailure) -> OutputFile {
    let result = unsafe path.withPath { unsafe Int(clinux_open_append(descriptor, $0)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    return OutputFile(owning: Int32(result))
  }

  /// Writes a whole file that must not exist yet.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - contents: All of its bytes.
  ///   - time: Its time of change; nil for now.
  /// - Throws: `IOFailure` when a call fails; a part of the file may be there then.
  @inline(__always)
  public borrowing func write(
    _ path: borrowing Span<UInt8>,
    _ contents: borrowing Span<UInt8>,
    modified time: FileTime? = nil
  ) throws(IOFailure) {
    try finish(create(path), path, contents, time)
  }

  /// Appends to an existing file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - contents: The bytes that follow those in the file.
  ///   - time: Its time of change; nil for now.
  /// - Throws: `IOFailure` when a call fails; a part may be appended then.
  public borrowing func append(
    _ path: borrowing Span<UInt8>,
    _ contents: borrowing Span<UInt8>,
    modified time: FileTime? = nil
  ) throws(IOFailure) {
    try finish(append(to: path), path, contents, time)
  }

  @inline(__always)
  private borrowing func finish(
    _ file: consuming OutputFile,
    _ path: borrowing Span<UInt8>,
    _ contents: borrowing Span<UInt8>,
    _ time: FileTime?
  ) throws(IOFailure) {
    do {
      try file.write(contents)
      if let time { try file.setModified(time) }
      try file.close()
    } catch {
      throw error.at(path)
    }
  }

  /// Writes everything of this filesystem to the device, and waits for it.
  ///
  /// - Throws: `IOFailure` when the device fails (since Linux 5.8 also for earlier writes).
  public borrowing func syncFilesystem() throws(IOFailure) {
    let result = clinux_syncfs(descriptor)
    if result < 0 { throw IOFailure("syncfs", Int(result)) }
  }

  /// Writes the names in this folder to the device, and waits for it.
  ///
  /// - Throws: `IOFailure` when the device fails.
  public borrowing func sync() throws(IOFailure) {
    let result = clinux_fsync(descriptor)
    if result < 0 { throw IOFailure("fsync", Int(result)) }
  }

  /// Makes this folder the working folder of the process.
  ///
  /// - Throws: `IOFailure` when the folder may not be searched.
  public borrowing func makeWorkingFolder() throws(IOFailure) {
    let result = clinux_chdir(descriptor)
    if result < 0 { throw IOFailure("fchdir", Int(result)) }
  }
}
