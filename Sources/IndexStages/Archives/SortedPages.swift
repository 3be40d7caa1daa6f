import IndexTransport
import StrictJSON

/// All pages of an index, in the order of the bytes of their paths.
final class SortedPages: Sendable {
  /// One page.
  struct Page: Sendable {
    /// The place of its path in ``SortedPages/paths``.
    let path: Range<Int>
    /// Its parts, as a range of ``SortedPages/parts``.
    let parts: Range<Int>
    /// Its bytes.
    let size: Int
  }

  /// The pages.
  let pages: [Page]
  /// The paths of all pages.
  let paths: [UInt8]
  private let parts: [PageGathering.Entry]
  private let blocks: [PageGathering.Block]
  private let file: UnnamedFile?

  /// Sorts what was gathered.
  init(_ state: consuming PageGathering.State) {
    var sorter = PathSorter(state.paths, state.entries.map(\.path))
    let order = sorter.sorted()
    let parts = order.map { state.entries[$0] }
    (paths, blocks, file) = (state.paths, state.blocks, state.file)
    var pages: [Page] = []
    var start = 0
    while start < parts.count {
      let path = state.paths.span.extracting(parts[start].path)
      var (end, size) = (start, 0)
      while end < parts.count,
        end == start || path.isEqual(to: state.paths.span.extracting(parts[end].path))
      {
        size += parts[end].count
        end += 1
      }
      pages.append(Page(path: parts[start].path, parts: start..<end, size: size))
      start = end
    }
    (self.pages, self.parts) = (pages, parts)
  }

  /// The number of the page with a path; nil if there is none.
  func number(of path: String) -> Int? {
    pages.firstIndex { paths[$0.path].elementsEqual(path.utf8) }
  }

  /// Appends a piece of a page.
  ///
  /// - Parameters:
  ///   - range: Offsets in the page.
  ///   - page: The page.
  ///   - output: Where it goes.
  /// - Throws: `IOFailure` when the file cannot be read.
  func append(
    _ range: Range<Int>,
    of page: Page,
    to output: inout ByteBuffer
  ) throws(IOFailure) {
    var start = 0
    for part in parts[page.parts] {
      let piece = range.clamped(to: start..<start + part.count)
      if !piece.isEmpty {
        let first = part.start + piece.lowerBound - start
        switch blocks[part.block] {
        case .memory(let bytes):
          output.append(bytes.span.extracting(first..<first + piece.count))
        case .file(let offset):
          let bytes = try read(at: offset + first, piece.count)
          output.append(bytes.span)
        }
      }
      start += part.count
    }
  }

  private func read(at offset: Int, _ count: Int) throws(IOFailure) -> [UInt8] {
    guard let file else { return [] }
    let bytes = try file.content.read(at: offset..<offset + count)
    guard bytes.count == count else {
      throw IOFailure(call: "pread64", path: "", code: .device)
    }
    return bytes
  }
}
