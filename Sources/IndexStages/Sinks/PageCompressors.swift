import IndexPipeline
import IndexRendering
import IndexTransport
import Synchronization

/// A page as it is compressed in one coding.
struct CompressedPage: Sendable {
  let coding: ContentCoding
  let bytes: [UInt8]
}

/// Compresses pages, on all cores at once.
///
/// What compresses is made once for each core: it costs as much as some pages.
final class PageCompressors: Sendable {
  private let slots: [Slot]

  private final class Slot: Sendable {
    let tools: Mutex<[Tool]>

    init(_ codings: [ContentCoding]) throws(LibraryFailure) {
      var tools: [Tool] = []
      for coding in codings { tools.append(try Tool(coding)) }
      self.tools = Mutex(tools)
    }
  }

  private final class Tool {
    let coding: ContentCoding
    private let compressor: Compressor
    private var output: [UInt8] = []

    init(_ coding: ContentCoding) throws(LibraryFailure) {
      self.coding = coding
      compressor = try Compressor(coding.method, level: coding.level)
    }

    func compress(_ page: borrowing Span<UInt8>) throws(LibraryFailure) -> CompressedPage {
      output.removeAll(keepingCapacity: page.count <= 1 << 20)
      try compressor.compress(page, into: &output)
      return CompressedPage(coding: coding, bytes: Array(output[...]))
    }
  }

  /// - Throws: `LibraryFailure` if a library is missing.
  init(_ codings: [ContentCoding]) throws(LibraryFailure) {
    var slots: [Slot] = []
    for _ in 0..<coreCount { slots.append(try Slot(codings)) }
    self.slots = slots
  }

  /// A page in each coding; in none if its size is not worth it.
  ///
  /// - Throws: `LibraryFailure` if there is no memory for it.
  func compress(_ page: borrowing Span<UInt8>) throws(LibraryFailure) -> [CompressedPage] {
    guard ContentCoding.pageSizes.contains(page.count) else { return [] }
    for slot in slots {
      let found = try slot.tools.withLockIfAvailable { (tools) throws(LibraryFailure) in
        try Self.compress(page, with: tools)
      }
      if let found { return found }
    }
    // More tasks than cores: one of them waits.
    return try slots[0].tools.withLock { (tools) throws(LibraryFailure) in
      try Self.compress(page, with: tools)
    }
  }

  private static func compress(
    _ page: borrowing Span<UInt8>,
    with tools: [Tool]
  ) throws(LibraryFailure) -> [CompressedPage] {
    var pages: [CompressedPage] = []
    for tool in tools { pages.append(try tool.compress(page)) }
    return pages
  }
}

extension ContentCoding {
  /// How hard it is worked at; more costs much time for little.
  fileprivate var level: Int {
    switch self {
    case .gzip: 7
    case .zstd: 9
    }
  }
}
