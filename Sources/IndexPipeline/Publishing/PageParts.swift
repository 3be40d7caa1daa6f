import IndexRendering
import StrictJSON

/// A page that comes in parts, until it is whole.
struct PageParts: ~Copyable, Sendable {
  /// The page in one piece, if somebody wants it so.
  private(set) var whole = PageBatch(capacity: 1 << 12)
  private var path: [UInt8] = []
  private var hasher: PageHasher?
  private var kind: (type: ContentType, role: PageRole)?

  /// Adds parts of one page.
  ///
  /// - Parameter gathers: Whether their bytes are kept.
  mutating func add(_ batch: borrowing PageBatch, gathers: Bool) {
    for page in batch.pages {
      if hasher == nil {
        hasher = PageHasher()
        path = Array(batch.paths.span.extracting(page.path))
        kind = (page.type, page.role)
      }
      let content = batch.content.span.extracting(page.content)
      hasher?.append(content)
      if gathers { whole.content.append(content) }
    }
  }

  /// Ends the page; nil if there is none.
  mutating func end() -> RenderedPage? {
    guard let hasher, let kind else { return nil }
    let path = path
    whole.paths.append(path.span)
    whole.endPage(kind.type, kind.role)
    return RenderedPage(path: path, digest: hasher.digest)
  }

  /// Forgets the page.
  mutating func removeAll() {
    whole.removeAll()
    hasher = nil
  }
}
