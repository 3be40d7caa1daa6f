public import StrictJSON

/// What a page is for; publishing writes the roles in this order.
public enum PageRole: UInt8, Comparable, Sendable {
  /// A page of one project: it links to distributions only.
  case project
  /// A page of the whole index: it links to project pages.
  case root
  /// What programs read: lists of records, and what Larder itself reads at its next run.
  case state

  /// Whether pages of role `a` are published before those of role `b`.
  public static func < (a: PageRole, b: PageRole) -> Bool { a.rawValue < b.rawValue }
}

/// The content types that pages have.
public enum ContentType: UInt8, CaseIterable, Sendable {
  /// `text/html`, which every client accepts for a simple page.
  case html
  /// `application/vnd.pypi.simple.v1+json`, the simple API of PEP 691.
  case simpleJSON
  /// `application/json`, the legacy JSON API.
  case json
  /// `application/x-ndjson`, one JSON object a line.
  case jsonLines
  /// `text/css`
  case css
  /// `text/javascript`
  case javaScript
  /// `text/plain`, names to search
  case text
  /// `application/atom+xml`, a feed
  case atom
}

/// Pages rendered together: their bytes in one buffer, ready for any sink.
///
/// A batch is filled, handed to the sinks and filled anew, so that its buffers live in the cache
/// of one core. A page larger than a few megabytes comes in parts, in order, each in a batch of
/// its own, all from one thread.
public struct PageBatch: ~Copyable, Sendable {
  /// One page, or one part of a large page.
  public struct Page: Sendable {
    /// The place of its path in ``PageBatch/paths``.
    public let path: Range<Int>
    /// The place of its bytes in ``PageBatch/content``.
    public let content: Range<Int>
    /// What a server says the page is.
    public let type: ContentType
    /// What the page is for.
    public let role: PageRole
    /// Whether earlier parts of the same page exist, to which this part is appended.
    public let continues: Bool
  }

  /// The pages in the order they were rendered.
  public private(set) var pages: [Page] = []
  /// The bytes of all pages.
  public var content: ByteBuffer
  /// The paths of all pages, relative to the root of the index, each followed by a NUL byte.
  public var paths: ByteBuffer
  private var pathStart = 0
  private var contentStart = 0

  /// Creates an empty batch.
  ///
  /// - Parameter capacity: The bytes to make room for.
  public init(capacity: Int = 1 << 20) {
    content = ByteBuffer(minimumCapacity: capacity)
    paths = ByteBuffer(minimumCapacity: 1 << 14)
  }

  /// Closes the page whose path and bytes were appended since the last call.
  ///
  /// - Parameters:
  ///   - type: Its content type.
  ///   - role: What it is for.
  ///   - continues: Whether it is a further part of a page already begun.
  public mutating func endPage(_ type: ContentType, _ role: PageRole, continues: Bool = false) {
    pages.append(
      Page(
        path: pathStart..<paths.count,
        content: contentStart..<content.count,
        type: type,
        role: role,
        continues: continues
      )
    )
    paths.append(0)
    pathStart = paths.count
    contentStart = content.count
  }

  /// Calls `body` with the path and the bytes of each page, or of each part of one.
  public borrowing func forEachPage(_ body: (String, [UInt8]) throws -> Void) rethrows {
    for page in pages {
      try body(
        String(decoding: paths.span.extracting(page.path)),
        Array(content.span.extracting(page.content))
      )
    }
  }

  /// Forgets the pages and keeps the buffers.
  public mutating func removeAll() {
    pages.removeAll(keepingCapacity: true)
    content.removeAll()
    paths.removeAll()
    pathStart = 0
    contentStart = 0
  }
}
