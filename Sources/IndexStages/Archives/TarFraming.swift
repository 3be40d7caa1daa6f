import IndexModel
import IndexTransport
import StrictJSON

/// A tar archive of all pages, cut into pieces of one size, each of which is compressed by itself;
/// its ends are pieces too.
struct TarFraming: ArchiveFraming {
  /// The bytes that programs read at a time, a multiple of which an archive has.
  private static let record = 20 * TarHeader.block
  /// The bytes of the two empty blocks that end an archive.
  static let endSize = 2 * TarHeader.block

  private let pages: SortedPages
  private let prefix: [UInt8]
  private let header: TarHeader
  private let format: ArchiveFormat
  private let ends: ArchiveEnds
  /// Where each page begins, and where the last one ends.
  private let offsets: [Int]
  /// What is between the ends.
  private let body: Range<Int>

  init(_ pages: SortedPages, _ options: ArchiveOptions, time: Int) throws(LibraryFailure) {
    self.pages = pages
    prefix = options.pathPrefix
    header = TarHeader(time: time)
    format = options.format
    ends = try ArchiveEnds(options)
    let start = TarHeader.size(ofComment: options.signature)
    var (offsets, end) = ([start], start)
    offsets.reserveCapacity(pages.pages.count + 1)
    var path = prefix
    for page in pages.pages {
      path.replaceSubrange(prefix.count..., with: pages.paths[page.path])
      end += TarHeader.size(of: path.span, size: page.size) + page.size.padded
      offsets.append(end)
    }
    self.offsets = offsets
    let size = (end + Self.endSize + Self.record - 1) / Self.record * Self.record
    body = start..<size - Self.endSize
  }

  /// The pieces of the body, and the two ends.
  var shardCount: Int { (body.count + format.shardSize - 1) / format.shardSize + 2 }

  func shard(_ number: Int, with tool: inout ArchiveTool) throws -> ArchiveShard {
    if number == 0 { return ArchiveShard(bytes: ends.head) }
    if number == shardCount - 1 { return ArchiveShard(bytes: ends.tail) }
    tool.buffer.removeAll()
    let start = body.lowerBound + (number - 1) * format.shardSize
    try append((start..<start + format.shardSize).clamped(to: body), to: &tool.buffer)
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
    pages.pages.indices.partitionIndex { offsets[$0 + 1] > offset }
  }
}
