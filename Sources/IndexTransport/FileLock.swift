internal import CLinux

/// A lock on a file that other processes respect, held until the end of its life.
///
/// It is the kernel's (`flock`), so that it ends with the process however that dies. The file
/// itself stays: removing it would let two processes hold a lock on two files of one name.
public struct FileLock: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Locks an open file, which is closed at the end.
  fileprivate init(
    owning descriptor: Int32,
    at path: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let result = clinux_try_lock(descriptor)
    guard result >= 0 else {
      _ = clinux_close(descriptor)
      throw IOFailure("flock", path, Int(result))
    }
    self.descriptor = descriptor
  }

  // Closing the file is not enough: a program that is being started in this moment has a copy of
  // its descriptor until it runs.
  deinit {
    _ = clinux_unlock(descriptor)
    _ = clinux_close(descriptor)
  }
}

extension Directory {
  /// Takes the lock of a file in this folder, without waiting for it.
  ///
  /// - Parameter path: The path of the lock file, which is made when it is missing.
  /// - Throws: `IOFailure`, with `wouldBlock` when someone else holds it.
  public borrowing func lock(_ path: borrowing Span<UInt8>) throws(IOFailure) -> FileLock {
    let result = unsafe path.withPath { unsafe Int(clinux_open_lock(descriptor, $0)) }
    if result < 0 { throw IOFailure("openat", path, result) }
    return try FileLock(owning: Int32(result), at: path)
  }

  /// Takes the lock of this folder itself, without waiting for it.
  ///
  /// - Throws: `IOFailure`, with `wouldBlock` when someone else holds it.
  public borrowing func lock() throws(IOFailure) -> FileLock {
    let itself = [UInt8](path: ".")
    let result = unsafe itself.span.withPath { unsafe Int(clinux_open_folder(descriptor, $0, 0)) }
    if result < 0 { throw IOFailure("openat", itself.span, result) }
    return try FileLock(owning: Int32(result), at: itself.span)
  }
}
