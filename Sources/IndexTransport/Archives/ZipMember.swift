/// A member of a zip archive, as the directory describes it.
public struct ZipMember: Sendable {
  /// Where its name lies in the bytes of the directory.
  let name: Range<Int>
  /// Whether it is compressed by deflate; stored as it is if not.
  public let isDeflated: Bool
  /// The CRC-32 of its content.
  let checksum: Int
  /// The bytes that it takes in the archive, without its header.
  public let compressedSize: Int
  /// The bytes of its content.
  public let size: Int
  /// Where its header begins in the archive.
  public let offset: Int

  /// The flag that names are UTF-8.
  static let utf8Flag = 0x800
}
