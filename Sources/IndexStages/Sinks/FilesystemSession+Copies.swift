import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

extension FilesystemSession {
  /// Writes the copies of a page, or notes that they are to be written when all of it is there.
  ///
  /// - Throws: `IOFailure` or `LibraryFailure`.
  func writeCopies(
    of page: borrowing Span<UInt8>,
    _ content: borrowing Span<UInt8>,
    isWhole: Bool
  ) throws {
    guard let compressors, ContentCoding.isMeant(forPageAt: page) else { return }
    let path = Array(page)
    guard isWhole else {
      pagesInParts.withLock { _ = $0.insert(path) }
      return
    }
    for copy in try compressors.compress(content) {
      let name = path + copy.coding.ending + [0]
      try generation.write(name.span, copy.bytes.span, modified: pageTime)
    }
  }

  /// Writes the copies of pages that may have come in parts.
  ///
  /// - Throws: `IOFailure` or `LibraryFailure`.
  func writeRemainingCopies() async throws {
    let pages = Array(pagesInParts.withLock { $0 })
    let next = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(coreCount, pages.count) {
        group.addTask { [self] in
          while let number = next.take(below: pages.count) { try writeCopies(again: pages[number]) }
        }
      }
      try await group.waitForAll()
    }
  }

  private func writeCopies(again page: [UInt8]) throws {
    let name = page + [0]
    try copies.remove(of: name, in: generation)  // those of its first part
    guard let status = try generation.status(of: name.span),
      ContentCoding.pageSizes.contains(Int(clamping: status.size))
    else { return }
    let content = try generation.input(name.span).rest()
    try writeCopies(of: page.span, content.span, isWhole: true)
  }

  /// The failure to write a page or its copies.
  func failure(_ error: any Error) -> any Error {
    switch error {
    case let failure as IOFailure: StageFailure(publishingTo: location.path, failure)
    case let failure as LibraryFailure: StageFailure(precompressing: location.path, failure)
    default: error
    }
  }
}
