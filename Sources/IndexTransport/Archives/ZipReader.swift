/// Reads members of a zip archive of which only parts are fetched.
public struct ZipReader<Reader: ByteRangeReader>: Sendable {
  private let reader: Reader
  /// The members of the archive.
  public let directory: ZipDirectory

  /// Reads the directory.
  ///
  /// - Parameters:
  ///   - reader: The archive.
  ///   - tail: The bytes at its end that are read at first; with luck they hold the directory.
  /// - Throws: `ArchiveProblem`, or what the reader throws.
  public init(_ reader: Reader, tail: Int = 16 << 10) async throws {
    self.reader = reader
    var start = max(0, reader.size - tail)
    var bytes = try await Self.read(start..<reader.size, of: reader)
    var end = try ZipEnd(bytes.span, at: start)
    if end == nil {
      start = max(0, reader.size - ZipEnd.maximumSize)
      bytes = try await Self.read(start..<reader.size, of: reader)
      end = try ZipEnd(bytes.span, at: start)
    }
    guard let end else { throw ArchiveProblem(.noEnd) }
    let place = end.directory
    let isRead = place.lowerBound >= start
    bytes =
      isRead
      ? Array(bytes[place.lowerBound - start..<place.upperBound - start])
      : try await Self.read(place, of: reader)
    directory = try ZipDirectory(bytes, end, archiveSize: reader.size)
  }

  private static func read(_ range: Range<Int>, of reader: Reader) async throws -> [UInt8] {
    let bytes = try await reader.bytes(in: range)
    guard bytes.count == range.count else { throw ArchiveProblem(.damaged, "it is cut off") }
    return bytes
  }

  /// Checks the header of each member, which takes a read for each.
  ///
  /// - Throws: `ArchiveProblem`, or what the reader throws.
  public func checkHeaders() async throws {
    for (index, member) in directory.members.enumerated() {
      let extent = directory.extent(of: index)
      // No header is longer; what stands behind such a one belongs to no member.
      let end = min(extent.upperBound - member.compressedSize, extent.lowerBound + 30 + 2 * 65_536)
      let bytes = try await Self.read(extent.lowerBound..<end, of: reader)
      try ZipLocalHeader.check(bytes.span, member, directory.name(of: member))
    }
  }

  /// The content of a member, of which header and checksum are checked.
  ///
  /// - Parameter index: Its place among the members of the directory.
  /// - Throws: `ArchiveProblem`, also if it is larger than ``ArchiveLimits/metadataSize``; or what
  ///   the reader throws.
  public func content(of index: Int) async throws -> [UInt8] {
    let member = directory.members[index]
    let extent = directory.extent(of: index)
    // What deflate cannot make smaller, it makes hardly longer.
    let most = ArchiveLimits.metadataSize
    guard member.size <= most, extent.count <= most + (1 << 18) else {
      throw ArchiveProblem(.metadataTooLarge)
    }
    let bytes = try await Self.read(extent, of: reader)
    let header = extent.count - member.compressedSize
    let name = directory.name(of: member)
    try ZipLocalHeader.check(bytes.span.extracting(..<header), member, name)
    return try ZipMemberContent.inflate(bytes.span.extracting(header...), member)
  }
}
