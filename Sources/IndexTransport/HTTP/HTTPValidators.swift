/// What tells one version of a page from another (RFC 9110 8.8).
public struct HTTPValidators: Sendable, Hashable {
  /// The ETag; `nil` if there is none that can be sent back.
  public let entityTag: String?
  /// The Last-Modified date as the server wrote it; `nil` if there is none that can be sent back.
  public let lastModified: String?

  /// Keeps what can be sent back.
  ///
  /// - Parameters:
  ///   - entityTag: Kept if it is visible ASCII in quotes, weak or not, or without quotes as some
  ///     servers have it.
  ///   - lastModified: Kept if it is a date of RFC 9110.
  /// - Returns: `nil` if nothing is kept.
  public init?(entityTag: String?, lastModified: String?) {
    self.entityTag = entityTag.flatMap { Self.isEntityTag(Array($0.utf8)) ? $0 : nil }
    self.lastModified = lastModified.flatMap { HTTPDate($0) == nil ? nil : $0 }
    if self.entityTag == nil && self.lastModified == nil { return nil }
  }

  private static func isEntityTag(_ text: [UInt8]) -> Bool {
    let quote = UInt8(ascii: "\"")
    var tag = text[...]
    if tag.starts(with: "W/\"".utf8) { tag = tag.dropFirst(2) }
    if tag.first == quote {
      guard tag.count >= 2, tag.last == quote else { return false }
      tag = tag.dropFirst().dropLast()
    } else if tag.isEmpty || tag.elementsEqual("*".utf8) {
      // `*` would ask for any version.
      return false
    }
    return tag.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != quote }
  }
}
