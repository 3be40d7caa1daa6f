internal import CLinux
internal import Glibc

extension Directory {
  /// Makes a folder.
  ///
  /// - Parameter mode: Its permissions, less those of the umask; nil for ``madePermissions``.
  /// - Returns: Whether it was made; false when anything had the name already.
  /// - Throws: `IOFailure`, with `missing` when its parent does not exist.
  @discardableResult
  @inline(__always)
  public borrowing func makeFolder(
    _ path: borrowing Span<UInt8>,
    mode: UInt32? = nil
  ) throws(IOFailure) -> Bool {
    let result = unsafe path.withPath { unsafe Int(clinux_mkdir(descriptor, $0, mode ?? 0o777)) }
    if result == Int(-EEXIST) { return false }
    if result < 0 { throw IOFailure("mkdirat", path, result) }
    if mode == nil, let madePermissions {
      try folder(path).setPermissions(madePermissions.folder)
    }
    return true
  }

  /// Makes the folders on the way to a file that are missing, following symbolic links.
  ///
  /// - Parameter path: The path of the file, without NUL; all before its last slash is made.
  /// - Throws: `IOFailure` when one cannot be made.
  public static func makeFolders(above path: [UInt8]) throws(IOFailure) {
    let here = try Directory.open([UInt8](path: ".").span)
    for end in path.indices.dropFirst() where path[end] == UInt8(ascii: "/") {
      let folder = path[..<end] + [0]
      try here.makeFolder(folder.span)
    }
  }

  /// Removes a name that is no folder's.
  ///
  /// - Throws: `IOFailure`, with `missing` when nothing has the name.
  public borrowing func removeFile(_ path: borrowing Span<UInt8>) throws(IOFailure) {
    let result = unsafe path.withPath { unsafe Int(clinux_unlink(descriptor, $0)) }
    if result < 0 { throw IOFailure("unlinkat", path, result) }
  }

  /// Removes an empty folder.
  ///
  /// - Throws: `IOFailure` when it is missing or not empty.
  public borrowing func removeFolder(_ path: borrowing Span<UInt8>) throws(IOFailure) {
    let result = unsafe path.withPath { unsafe Int(clinux_rmdir(descriptor, $0)) }
    if result < 0 { throw IOFailure("unlinkat", path, result) }
  }

  /// Gives a file or a folder another name.
  ///
  /// What has the new name is replaced, a folder only by a folder and only when it is empty.
  ///
  /// - Throws: `IOFailure` when the filesystem refuses.
  public borrowing func rename(
    _ old: borrowing Span<UInt8>,
    to new: borrowing Span<UInt8>
  ) throws(IOFailure) {
    try rename(old, from: self, to: new)
  }

  /// Moves a file of `other` here, in one step; a file that has the name is replaced.
  ///
  /// - Throws: `IOFailure`, with `crossDevice` when the two are of different filesystems.
  public borrowing func rename(
    _ old: borrowing Span<UInt8>,
    from other: borrowing Directory,
    to new: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let from = other.descriptor
    let result = unsafe old.withPath { a in
      unsafe new.withPath { unsafe Int(clinux_rename(from, a, descriptor, $0)) }
    }
    if result < 0 { throw IOFailure("renameat", new, result) }
  }

  /// Swaps two names in one step: at every moment both exist.
  ///
  /// - Throws: `IOFailure`, with `invalid` or `unsupportedCall` when the filesystem cannot, `busy`
  ///   when one is a mount point, `missing` when one does not exist.
  public borrowing func exchange(
    _ a: borrowing Span<UInt8>,
    _ b: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let result = unsafe a.withPath { first in
      unsafe b.withPath { unsafe Int(clinux_exchange(descriptor, first, $0)) }
    }
    if result < 0 { throw IOFailure("renameat2", b, result) }
  }

  /// Gives a file of `other` a second name here, a symbolic link itself and not its target.
  ///
  /// - Throws: `IOFailure`, with `exists` when anything has the name here.
  public borrowing func link(
    _ path: borrowing Span<UInt8>,
    from other: borrowing Directory,
    _ source: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let from = other.descriptor
    let result = unsafe source.withPath { old in
      unsafe path.withPath { unsafe Int(clinux_link(from, old, descriptor, $0)) }
    }
    if result < 0 { throw IOFailure("linkat", path, result) }
  }

  /// Makes a symbolic link.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - target: What it points to, followed by NUL, as it shall be read.
  /// - Throws: `IOFailure`, with `exists` when anything has the name.
  public borrowing func makeLink(
    _ path: borrowing Span<UInt8>,
    to target: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let result = unsafe target.withPath { text in
      unsafe path.withPath { unsafe Int(clinux_symlink(text, descriptor, $0)) }
    }
    if result < 0 { throw IOFailure("symlinkat", path, result) }
  }

  /// Reads what a symbolic link points to, followed by NUL.
  ///
  /// - Throws: `IOFailure`, with `invalid` when it is no symbolic link.
  public borrowing func linkTarget(
    _ path: borrowing Span<UInt8>
  ) throws(IOFailure) -> [UInt8] {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    var space = target.mutableSpan
    let result = unsafe space.withUnsafeMutableBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      let count = bytes.count
      return unsafe path.withPath { unsafe clinux_readlink(descriptor, $0, start, count) }
    }
    if result < 0 { throw IOFailure("readlinkat", path, result) }
    // A target is at most PATH_MAX - 1 bytes, so the NUL after it is one of those put in above.
    target.removeSubrange((result + 1)...)
    return target
  }

  /// The one absolute path of a file, without symbolic links and dots, followed by NUL.
  ///
  /// - Parameter path: A path; a relative one starts at the working folder.
  /// - Throws: `IOFailure` when a part of it is missing or may not be searched.
  public static func realPath(of path: borrowing Span<UInt8>) throws(IOFailure) -> [UInt8] {
    var real = [UInt8](repeating: 0, count: Int(PATH_MAX))
    var space = real.mutableSpan
    let result = unsafe space.withUnsafeMutableBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe path.withPath { unsafe clinux_realpath($0, start) }
    }
    if result < 0 { throw IOFailure("realpath", path, result) }
    real.removeSubrange((result + 1)...)
    return real
  }
}
