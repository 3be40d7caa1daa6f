/// Source archives: tar archives, compressed by gzip, bzip2, xz or zstd.
public enum SourceArchive {
  /// The `PKG-INFO` in the one folder of a tar archive.
  ///
  /// - Parameters:
  ///   - file: The archive, of which nothing was read yet.
  ///   - size: Its bytes.
  /// - Returns: The first one; nil if there is none.
  /// - Throws: `ArchiveProblem`.
  public static func packageInfo(
    inTar file: borrowing InputFile,
    size: Int
  ) throws(ArchiveProblem) -> [UInt8]? {
    try ArchiveStream.reading(tar: file) { stream throws(ArchiveProblem) in
      try packageInfo(&stream, size)
    }
  }

  /// The `PKG-INFO` in the one folder of a tar archive in memory.
  ///
  /// - Returns: The first one; nil if there is none.
  /// - Throws: `ArchiveProblem`.
  public static func packageInfo(
    inTar bytes: borrowing Span<UInt8>
  ) throws(ArchiveProblem) -> [UInt8]? {
    let size = bytes.count
    return try ArchiveStream.reading(tar: bytes) { stream throws(ArchiveProblem) in
      try packageInfo(&stream, size)
    }
  }

  private static func packageInfo(
    _ stream: inout ArchiveStream,
    _ size: Int
  ) throws(ArchiveProblem) -> [UInt8]? {
    // What is not looked at must be decompressed all the same: a small file must not keep a
    // processor busy.
    let most = ArchiveLimits.contentSize(ofArchive: size)
    var count = 0
    while try stream.next() {
      count += 1
      guard count <= ArchiveLimits.memberCount else { throw ArchiveProblem(.tooManyMembers) }
      if stream.isFile, isPackageInfo(stream.path.span) {
        guard stream.size <= ArchiveLimits.metadataSize else {
          throw ArchiveProblem(.metadataTooLarge)
        }
        return try stream.content(upTo: stream.size)
      }
      guard stream.size <= most, stream.decompressedCount + stream.size <= most else {
        throw ArchiveProblem(.ratio)
      }
    }
    return nil
  }

  /// Whether a path is `folder/PKG-INFO`.
  static func isPackageInfo(_ path: borrowing Span<UInt8>) -> Bool {
    var start = 0
    while start + 1 < path.count, path[start] == UInt8(ascii: "."),
      path[start + 1] == UInt8(ascii: "/")
    {
      start += 2
    }
    let path = path.extracting(start...)
    guard path.hasSuffix("/PKG-INFO"), path.count > 9 else { return false }
    for index in 0..<path.count - 9 where path[index] == UInt8(ascii: "/") { return false }
    return true
  }
}
