/// What is said of how the text of a page is encoded.
///
/// Servers say ISO-8859-1 of UTF-8, and UTF-8 of names in any bytes. So text is read as UTF-8
/// where it is UTF-8; what a page may have besides is all that depends on this.
public enum PageCharset: Sendable, Hashable {
  /// UTF-8; a page that has anything else is refused.
  case utf8
  /// A charset of single bytes, another one, or none: bytes that are no UTF-8 stay as they are.
  case bytes

  /// The charset of a content type, such as `text/html; charset=utf-8`.
  ///
  /// Charsets that nobody knows, such as the `%s` of mini_httpd, are as good as none.
  ///
  /// - Parameter contentType: The value of the header field; empty if there is none.
  public init(contentType: borrowing Span<UInt8>) {
    let isUTF8 =
      contentType.contains(ignoringCase: "charset=utf-8")
      || contentType.contains(ignoringCase: "charset=\"utf-8\"")
      || contentType.contains(ignoringCase: "charset=utf8")
    self = isUTF8 ? .utf8 : .bytes
  }
}

/// How much of a page is read at most.
public struct PageLimits: Sendable, Hashable {
  /// Its size in bytes.
  public var size: Int

  /// Creates limits.
  ///
  /// - Parameter size: The largest page in bytes; 64 MiB hold 600,000 links.
  public init(size: Int = 64 << 20) { self.size = size }
}
