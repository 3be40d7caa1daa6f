/// The header that stands before the data of a member.
///
/// Source: APPNOTE.TXT 4.3.7.
enum ZipLocalHeader {
  /// Checks that a header says the same as the directory.
  ///
  /// - Parameters:
  ///   - bytes: All bytes of the member before its data.
  ///   - member: What the directory says.
  ///   - name: The name that the directory gives it.
  static func check(
    _ bytes: borrowing Span<UInt8>,
    _ member: ZipMember,
    _ name: borrowing Span<UInt8>
  ) throws(ArchiveProblem) {
    guard bytes.count >= 30, bytes.uint32(0) == 0x0403_4B50 else {
      throw ArchiveProblem(.localHeader, of: name)
    }
    let nameEnd = 30 + bytes.uint16(26)
    let end = nameEnd + bytes.uint16(28)
    guard end <= bytes.count else { throw ArchiveProblem(.localHeader, of: name) }
    guard end == bytes.count else { throw ArchiveProblem(.hiddenData, of: name) }
    guard bytes.extracting(30..<nameEnd).isEqual(to: name) else {
      throw ArchiveProblem(.localHeader, of: name)
    }
    let method = bytes.uint16(8)
    try ZipDirectory.check(flags: bytes.uint16(6), method: method, name)
    let fields = bytes.extracting(nameEnd..<end)
    let extra = try ZipExtra(fields)
    try extra.checkPath(fields, name)
    let agree = extra.agrees(
      fields,
      size: bytes.uint32(22),
      compressed: bytes.uint32(18),
      with: member
    )
    guard agree, bytes.uint32(14) == member.checksum, (method == 8) == member.isDeflated else {
      throw ArchiveProblem(.localHeader, of: name)
    }
  }
}
