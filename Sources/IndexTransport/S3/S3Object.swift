/// An object as a listing tells of it.
public struct S3Object: Sendable, Hashable {
  /// Its key: any bytes, though services promise UTF-8.
  public let key: [UInt8]
  /// Its bytes.
  public let size: Int
  /// Which version it is, without quotes; it is a digest of nothing that can be relied on.
  public let entityTag: [UInt8]
  /// The time of its last change, RFC 3339 as the service wrote it.
  public let modified: [UInt8]

  /// Creates an object; see the properties for what its parts are.
  public init(key: [UInt8], size: Int, entityTag: [UInt8], modified: [UInt8]) {
    self.key = key
    self.size = size
    self.entityTag = entityTag
    self.modified = modified
  }
}
