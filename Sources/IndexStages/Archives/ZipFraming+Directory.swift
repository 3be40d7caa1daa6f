extension ZipFraming {
  /// What the two headers of a member share.
  func appendFacts(of member: ZipMemberEntry, version: Int, to bytes: inout [UInt8]) {
    let isUTF8 = member.path.contains { $0 > 0x7F }
    bytes.append(version, bytes: 2)
    bytes.append(isUTF8 ? 1 << 11 : 0, bytes: 2)
    bytes.append(member.method, bytes: 2)
    bytes.append(time.time, bytes: 2)
    bytes.append(time.date, bytes: 2)
    bytes.append(Int(member.checksum), bytes: 4)
    bytes.append(member.compressedSize, bytes: 4)
    bytes.append(member.size, bytes: 4)
    bytes.append(member.path.count, bytes: 2)
  }

  /// What 32 bits hold, less the number that stands for "see ZIP64".
  static var most: Int { 0xFFFF_FFFF }
  private static var mostMembers: Int { 0xFFFF }

  func ending(_ members: [ZipMemberEntry], at offset: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for member in members { appendDirectory(of: member, to: &bytes) }
    let size = bytes.count
    if members.count >= Self.mostMembers || size >= Self.most || offset >= Self.most {
      bytes.append(0x0606_4B50, bytes: 4)
      bytes.append(44, bytes: 8)
      bytes.append(3 << 8 | 45, bytes: 2)
      bytes.append(45, bytes: 2)
      bytes.append(0, bytes: 8)
      for number in [members.count, members.count, size, offset] { bytes.append(number, bytes: 8) }
      bytes.append(0x0706_4B50, bytes: 4)
      bytes.append(0, bytes: 4)
      bytes.append(offset + size, bytes: 8)
      bytes.append(1, bytes: 4)
    }
    let count = min(members.count, Self.mostMembers)
    bytes.append(0x0605_4B50, bytes: 4)
    bytes.append(0, bytes: 4)
    bytes.append(count, bytes: 2)
    bytes.append(count, bytes: 2)
    bytes.append(min(size, Self.most), bytes: 4)
    bytes.append(min(offset, Self.most), bytes: 4)
    return bytes + ends.tail
  }

  private func appendDirectory(of member: ZipMemberEntry, to bytes: inout [UInt8]) {
    let isFar = member.offset >= Self.most
    bytes.append(0x0201_4B50, bytes: 4)
    bytes.append(3 << 8 | (isFar ? 45 : 20), bytes: 2)
    appendFacts(of: member, version: isFar ? 45 : 20, to: &bytes)
    bytes.append(isFar ? 12 : 0, bytes: 2)
    bytes.append(0, bytes: 6)
    bytes.append(0o100644 << 16, bytes: 4)
    bytes.append(min(member.offset, Self.most), bytes: 4)
    bytes += member.path
    guard isFar else { return }
    bytes.append(1, bytes: 2)
    bytes.append(8, bytes: 2)
    bytes.append(member.offset, bytes: 8)
  }
}

extension Array where Element == UInt8 {
  /// Appends a number as zip archives hold it.
  mutating func append(_ number: Int, bytes count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
