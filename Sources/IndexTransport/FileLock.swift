internal import CLinux

/// A lock on a file that other processes respect, held until the end of its life.
///
/// It is the kernel's (`flock`), so that it ends with the process however that dies. The file
/// itself stays: removing it would let two processes hold a lock on two files of one name.
public struct FileLock: ~Copyable, Sendable {
  private let file: OutputFile

  fileprivate init(holding file: consuming OutputFile) { self.file = file }

  // Closing the file is not enough: a program that is being started in this moment has a copy of
  // its descriptor until it runs.
  deinit { _ = clinux_unlock(file.descriptor) }
}

extension Directory {
  /// Takes the lock of a file in this folder, without waiting for it.
  ///
  /// - Parameter path: The path of the lock file, which is made when it is missing.
  /// - Throws: `IOFailure`, with `wouldBlock` when someone else holds it.
  public borrowing func lock(_ path: borrowing Span<UInt8>) throws(IOFailure) -> FileLock {
    let result = unsafe path.withPath { unsafe Int(clinux_open_lock(descriptor, $0)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    let file = OutputFile(owning: Int32(result))
    let locked = clinux_try_lock(file.descriptor)
    if locked < 0 { throw IOFailure("flock", path, Int(locked)) }
    return FileLock(holding: file)
  }
}
