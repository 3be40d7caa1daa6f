internal import CLinux
internal import Glibc

/// A file open for reading, which is closed at the end of its life.
public struct InputFile: ~Copyable, Sendable {
  /// What error messages call the file.
  public let path: String
  let descriptor: Int32
  private let isOwned: Bool

  init(owning descriptor: Int32, path: String) {
    self.path = path
    self.descriptor = descriptor
    isOwned = true
  }

  private init(standardInput descriptor: Int32) {
    path = "standard input"
    self.descriptor = descriptor
    isOwned = false
  }

  // A file that was only read has nothing to lose in a failed close.
  deinit { if isOwned { _ = clinux_close(descriptor) } }

  /// The standard input, which is never closed.
  public static var standardInput: InputFile { InputFile(standardInput: STDIN_FILENO) }

  /// Opens a file, following symbolic links.
  ///
  /// - Parameter path: A path; a relative one starts at the working folder.
  /// - Throws: `IOFailure` when the file is missing, may not be read, or the text is no path.
  public static func open(_ path: String) throws(IOFailure) -> InputFile {
    guard path.isPath else { throw IOFailure(call: "openat", path: path, code: .missing) }
    let bytes = [UInt8](path: path)
    let result = unsafe bytes.span.withPath { unsafe Int(clinux_open_input(AT_FDCWD, $0, 1)) }
    if result < 0 { throw IOFailure("openat", bytes.span, result) }
    return InputFile(owning: Int32(result), path: path)
  }

  /// Reads the next bytes and appends them to `buffer`.
  ///
  /// - Parameters:
  ///   - buffer: Where the bytes go; what it holds stays.
  ///   - limit: The most bytes to read, at least 1. A pipe delivers fewer at a time.
  /// - Returns: The number of bytes appended; 0 at the end of the file only.
  /// - Throws: `IOFailure` when the device fails or the path is a folder.
  public borrowing func read(
    into buffer: inout [UInt8],
    upTo limit: Int
  ) throws(IOFailure) -> Int {
    precondition(limit > 0, "a read of nothing would look like the end of the file")
    var result = 0
    repeat {
      buffer.append(addingCapacity: limit) { (space: inout OutputSpan<UInt8>) in
        unsafe space.withUnsafeMutableBufferPointer { free, count in
          guard let start = free.baseAddress else { return }
          unsafe result = clinux_read(descriptor, start, limit)
          count = max(result, 0)
        }
      }
    } while result == Int(-EINTR)
    if result < 0 { throw IOFailure("read", [UInt8](path: path).span, result) }
    return result
  }

  /// Reads all bytes that are left to read.
  ///
  /// - Throws: `IOFailure` when the device fails or the path is a folder.
  public borrowing func rest() throws(IOFailure) -> [UInt8] {
    let part = 1 << 16
    var bytes: [UInt8] = []
    // The last read finds nothing more, and needs room all the same. Sizes may be anything but true.
    bytes.reserveCapacity(Int(min(try status().size, 1 << 30)) + part)
    while try read(into: &bytes, upTo: part) > 0 {}
    return bytes
  }

  /// Reads bytes at a place, wherever reading has come to.
  ///
  /// - Parameter range: Offsets of the file; at most 2^31 of them.
  /// - Returns: Its bytes, fewer where the file ends.
  /// - Throws: `IOFailure` when the device fails or the path is a folder.
  public borrowing func read(at range: Range<Int>) throws(IOFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    while bytes.count < range.count {
      let (rest, offset) = (range.count - bytes.count, Int64(range.lowerBound + bytes.count))
      var result = 0
      bytes.append(addingCapacity: rest) { (space: inout OutputSpan<UInt8>) in
        unsafe space.withUnsafeMutableBufferPointer { free, count in
          guard let start = free.baseAddress else { return }
          unsafe result = clinux_read_at(descriptor, start, rest, offset)
          count = max(result, 0)
        }
      }
      if result == Int(-EINTR) { continue }
      if result < 0 { throw IOFailure("pread64", [UInt8](path: path).span, result) }
      if result == 0 { break }
    }
    return bytes
  }

  /// Lets reading begin again at the first byte.
  ///
  /// - Throws: `IOFailure` when the file is a pipe.
  public borrowing func rewind() throws(IOFailure) {
    if lseek(descriptor, 0, SEEK_SET) < 0 { throw IOFailure("lseek", Int(-ESPIPE)) }
  }

  /// Waits until a read does not have to wait, at most some milliseconds.
  ///
  /// - Returns: Whether the next read returns at once, be it with an error.
  public borrowing func isReadable(within milliseconds: Int32) -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let result = unsafe Glibc.poll(&poll, 1, milliseconds)
    return result != 0 && !(result < 0 && errno == EINTR)
  }

  /// What the filesystem knows of the file.
  ///
  /// - Throws: `IOFailure` when the device fails.
  public borrowing func status() throws(IOFailure) -> FileStatus {
    try Directory.status(descriptor)
  }
}
