import IndexRendering

/// Pages that wait to be sent together, so that many requests are under way at once whatever the
/// size of the batches that come in.
struct PageQueue {
  /// The most pages that wait.
  private static let pageLimit = 1024
  /// The most bytes that wait.
  private static let byteLimit = 8 << 20

  private var pages: [RemotePage] = []
  private var byteCount = 0

  /// Adds a page.
  ///
  /// - Returns: What is to be sent before anything that is added later; all have one role.
  mutating func add(_ page: RemotePage) -> [[RemotePage]] {
    var full: [[RemotePage]] = []
    if let first = pages.first, first.role != page.role { full.append(take()) }
    pages.append(page)
    byteCount += page.content.count
    if pages.count >= Self.pageLimit || byteCount >= Self.byteLimit { full.append(take()) }
    return full
  }

  /// Takes all that waits.
  mutating func take() -> [RemotePage] {
    defer {
      pages = []
      byteCount = 0
    }
    return pages
  }
}
