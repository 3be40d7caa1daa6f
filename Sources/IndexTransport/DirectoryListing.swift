internal import CLinux
internal import Glibc

/// The names in a folder, in the order of the filesystem, without `.` and `..`.
///
/// It is one array of the kernel's records, read in place.
public struct DirectoryListing: Sendable {
  /// One name.
  public struct Entry: Sendable {
    /// The place of the name in ``DirectoryListing/bytes``, its NUL byte included.
    public let name: Range<Int>
    /// What it stands for; nil when the filesystem says so only to `Directory.status(of:)`.
    public let kind: FileKind?
  }

  /// The records of all entries.
  public let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next entry, nil at the end.
  public mutating func next() -> Entry? {
    while position < bytes.count {
      // struct linux_dirent64: inode (8 bytes), offset (8), length (2), type (1), name, NUL.
      let length = Int(bytes[position + 16]) | Int(bytes[position + 17]) << 8
      let type = bytes[position + 18]
      let start = position + 19
      position += length
      var end = start
      while bytes[end] != 0 { end += 1 }
      if isDots(start..<end) { continue }
      return Entry(name: start..<end + 1, kind: kind(of: type))
    }
    return nil
  }

  private func isDots(_ name: Range<Int>) -> Bool {
    name.count <= 2 && bytes[name].allSatisfy { $0 == UInt8(ascii: ".") }
  }

  private func kind(of type: UInt8) -> FileKind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): nil
    default: .special
    }
  }
}

extension Directory {
  /// Reads the names in this folder.
  ///
  /// - Throws: `IOFailure` when the device fails.
  public borrowing func list() throws(IOFailure) -> DirectoryListing {
    // The kernel goes on where the last listing through this descriptor ended.
    if lseek(descriptor, 0, SEEK_SET) < 0 { throw IOFailure("lseek", Int(-ESPIPE)) }
    var bytes: [UInt8] = []
    var size = 4096
    while true {
      var result = 0
      bytes.append(addingCapacity: size) { (space: inout OutputSpan<UInt8>) in
        unsafe space.withUnsafeMutableBufferPointer { free, count in
          guard let start = free.baseAddress else { return }
          unsafe result = clinux_entries(descriptor, start, size)
          count = max(result, 0)
        }
      }
      if result < 0 { throw IOFailure("getdents64", result) }
      if result == 0 { return DirectoryListing(bytes) }
      size = min(size * 4, 1 << 20)
    }
  }

  /// What an entry of a listing of this folder stands for.
  ///
  /// - Returns: nil when it is gone meanwhile.
  /// - Throws: `IOFailure` when the device fails.
  public borrowing func kind(
    of entry: DirectoryListing.Entry,
    in listing: borrowing DirectoryListing
  ) throws(IOFailure) -> FileKind? {
    if let kind = entry.kind { return kind }
    return try status(of: listing.bytes.span.extracting(entry.name))?.kind
  }
}
