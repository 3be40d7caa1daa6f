/// What a page says besides its links.
public struct PageFacts: Sendable, Hashable {
  /// A `<meta name content>`.
  public struct Meta: Sendable, Hashable {
    /// Its name as written.
    public let name: [UInt8]
    /// Its content.
    public let content: [UInt8]
  }

  /// The text of the first `<title>`, its first 512 bytes.
  public var title: [UInt8] = []
  /// The text of the first `<h1>` or `<h2>`, its first 512 bytes.
  public var heading: [UInt8] = []
  /// The text after the last link, at most 2 KiB, without space and cell marks at its ends; of a
  /// page without links, its text.
  public var footer: [UInt8] = []
  /// The `href` of the first `<base>`.
  public var base: [UInt8]?
  /// All `<meta name>`, in their order.
  public var metas: [Meta] = []
  /// How many links have an `href`.
  public var linkCount = 0
  /// The size of the page in bytes.
  public var byteCount = 0
  /// Whether all of it is UTF-8.
  public var isUTF8 = true
  /// Whether it ends with `</html>` or `</body>`, but for space and comments.
  ///
  /// A page that comes without a length and is not closed may have been cut.
  public var isClosed = false

  /// The content of the first `<meta>` of this name; names are compared without case.
  public func meta(_ name: StaticString) -> [UInt8]? {
    metas.first {
      $0.name.count == name.utf8CodeUnitCount && $0.name.span.matches(name, at: 0)
    }?.content
  }
}
