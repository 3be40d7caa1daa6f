import IndexTransport
import StrictJSON

/// A tar archive of all pages, cut into pieces of one size, each of which is compressed by itself.
struct TarFraming: ArchiveFraming {
  /// The bytes that programs read at a time, a multiple of which an archive has.
  private static let record = 20 * TarHeader.block

  private let pages: SortedPages
  private let prefix: [UInt8]
  private let header: TarHeader
  private let format: ArchiveFormat
  /// Where each page begins, and where the last one ends.
  private let offsets: [Int]
  private let size: Int

  init(_ pages: SortedPages, _ options: ArchiveOptions, time: Int) {
    self.pages = pages
    prefix = options.pathPrefix
    header = TarHeader(time: time)
    format = options.format
    var (offsets, end) = ([0], 0)
    offsets.reserveCapacity(pages.pages.count + 1)
    var path = prefix
    for page in pages.pages {
      path.replaceSubrange(prefix.count..., with: pages.paths[page.path])
      end += TarHeader.size(of: path.span, size: page.size) + page.size.padded
      offsets.append(end)
    }
    self.offsets = offsets
    let whole = end + 2 * TarHeader.block
    size = (whole + Self.record - 1) / Self.record * Self.record
  }

  var shardCount: Int { (size + format.shardSize - 1) / format.shardSize }

  func shard(_ number: Int, with tool: inout ArchiveTool) throws -> ArchiveShard {
    tool.buffer.removeAll()
    let start = number * format.shardSize
    try append(start..<min(start + format.shardSize, size), to: &tool.buffer)
    return ArchiveShard(bytes: try tool.compressed())
  }

  func ending(_ members: [ZipMemberEntry], at offset: Int) -> [UInt8] { [] }

  /// Appends a piece of the tar archive.
  private func append(_ range: Range<Int>, to output: inout ByteBuffer) throws(IOFailure) {
    var (place, number) = (range.lowerBound, firstPage(behind: range.lowerBound))
    var path = prefix
    var head = ByteBuffer()
    while place < range.upperBound, number < pages.pages.count {
      let page = pages.pages[number]
      path.replaceSubrange(prefix.count..., with: pages.paths[page.path])
      head.removeAll()
      header.append(path.span, size: page.size, to: &head)
      let start = offsets[number]
      let content = start + head.count
      let piece = (range.lowerBound - start..<range.upperBound - start)
      output.append(head.span.extracting(piece.clamped(to: 0..<head.count)))
      let inContent = range.lowerBound - content..<range.upperBound - content
      try pages.append(inContent.clamped(to: 0..<page.size), of: page, to: &output)
      output.append(zeros: inContent.clamped(to: page.size..<page.size.padded).count)
      number += 1
      place = offsets[number]
    }
    output.append(zeros: max(0, range.upperBound - max(place, range.lowerBound)))
  }

  /// The page that ends first behind an offset.
  private func firstPage(behind offset: Int) -> Int {
    var (low, high) = (0, pages.pages.count)
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle + 1] > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
