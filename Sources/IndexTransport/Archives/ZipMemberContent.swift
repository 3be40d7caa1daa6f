/// Lets libarchive decompress a member, as if it were a whole archive.
enum ZipMemberContent {
  /// The content of a member.
  ///
  /// libarchive gets the data behind a header that is made of what the directory says, so that
  /// sizes and checksum are those of the directory.
  static func inflate(
    _ data: borrowing Span<UInt8>,
    _ member: ZipMember
  ) throws(ArchiveProblem) -> [UInt8] {
    var archive: [UInt8] = []
    archive.reserveCapacity(31 + data.count)
    archive.append(littleEndian: 0x0403_4B50, bytes: 4)
    archive.append(littleEndian: 20, bytes: 2)
    archive.append(littleEndian: 0, bytes: 2)
    archive.append(littleEndian: member.isDeflated ? 8 : 0, bytes: 2)
    archive.append(littleEndian: 0x21_0000, bytes: 4)
    archive.append(littleEndian: member.checksum, bytes: 4)
    archive.append(littleEndian: member.compressedSize, bytes: 4)
    archive.append(littleEndian: member.size, bytes: 4)
    archive.append(littleEndian: 1, bytes: 4)
    archive.append(UInt8(ascii: "m"))
    for index in data.indices { archive.append(data[index]) }
    return try ArchiveStream.reading(zip: archive.span) { stream throws(ArchiveProblem) in
      guard try stream.next() else { throw ArchiveProblem(.damaged) }
      let content = try stream.content(upTo: member.size)
      guard content.count == member.size else {
        throw ArchiveProblem(.damaged, "its metadata has not the size that it says")
      }
      return content
    }
  }
}
