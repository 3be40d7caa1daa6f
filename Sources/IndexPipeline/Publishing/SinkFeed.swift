import IndexRendering
import StrictJSON

/// What one core sends to one sink.
///
/// A sink that sends changes only gets the whole pages whose bytes are not those it holds; all
/// others get everything as it comes, pages in parts too.
final class SinkFeed {
  /// A sink, and what it held before.
  struct Receiver: Sendable {
    /// Where pages go; nil if they are only compared.
    let session: (any SinkSession)?
    /// What it held, if that is known.
    let inventory: Inventory?
    let sendsChangesOnly: Bool

    /// Whether it wants whole pages.
    var wantsWholePages: Bool { sendsChangesOnly && session != nil }
  }

  private let receiver: Receiver
  /// What was found to change; nil if nobody knows what was there.
  private(set) var tally: ChangeTally?
  private var outgoing = PageBatch(capacity: 1 << 12)

  init(_ receiver: Receiver) {
    self.receiver = receiver
    tally = receiver.inventory.map { ChangeTally($0) }
  }

  /// Sends pages as they come, whole or in parts.
  func stream(_ batch: borrowing PageBatch) async throws {
    if !receiver.sendsChangesOnly { try await receiver.session?.write(batch) }
  }

  /// Compares whole pages, and sends what a sink of changes has not.
  func compare(_ batch: borrowing PageBatch, _ pages: [RenderedPage]) async throws {
    let isChanged = pages.map { tally?.add($0.path, $0.digest) ?? true }
    guard receiver.wantsWholePages, let session = receiver.session else { return }
    if !isChanged.contains(false) { return try await session.write(batch) }
    guard isChanged.contains(true) else { return }
    outgoing.removeAll()
    for (index, page) in batch.pages.enumerated() where isChanged[index] {
      outgoing.paths.append(batch.paths.span.extracting(page.path))
      outgoing.content.append(batch.content.span.extracting(page.content))
      outgoing.endPage(page.type, page.role)
    }
    try await session.write(outgoing)
  }
}
