/// What the directory of a zip archive says of a member.
struct ZipMemberEntry: Sendable {
  /// Its path.
  let path: [UInt8]
  /// How it is compressed: 0 not at all, 8 deflated.
  let method: Int
  let checksum: UInt32
  let compressedSize: Int
  let size: Int
  /// Where its header begins.
  var offset: Int
}
