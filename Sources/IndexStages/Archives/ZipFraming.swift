import IndexTransport
import StrictJSON

/// A zip archive of all pages: each is deflated for itself, or stored where that is no larger.
///
/// Source: APPNOTE.TXT of PKWARE, 4.3 and 4.4.
struct ZipFraming: ArchiveFraming {
  private let pages: SortedPages
  private let prefix: [UInt8]
  let time: ZipTime
  let ends: ArchiveEnds
  /// Ranges of pages.
  private let shards: [Range<Int>]

  init(_ pages: SortedPages, _ options: ArchiveOptions, time: Int) throws(LibraryFailure) {
    self.pages = pages
    prefix = options.pathPrefix
    self.time = ZipTime(seconds: time)
    ends = try ArchiveEnds(options)
    var (shards, start, size): ([Range<Int>], Int, Int) = ([], 0, 0)
    for number in pages.pages.indices {
      size += pages.pages[number].size
      guard size >= options.format.shardSize || number == pages.pages.count - 1 else { continue }
      shards.append(start..<number + 1)
      (start, size) = (number + 1, 0)
    }
    self.shards = shards
  }

  var shardCount: Int { shards.count }

  func shard(_ number: Int, with tool: inout ArchiveTool) throws -> ArchiveShard {
    var shard = ArchiveShard()
    for page in pages.pages[shards[number]] { try append(page, to: &shard, &tool) }
    return shard
  }

  private func append(
    _ page: SortedPages.Page,
    to shard: inout ArchiveShard,
    _ tool: inout ArchiveTool
  ) throws {
    guard page.size < Self.most else {
      throw IOFailure(call: "write", path: "", code: .fileTooLarge)
    }
    tool.buffer.removeAll()
    try pages.append(0..<page.size, of: page, to: &tool.buffer)
    let deflated = try tool.compressed()
    let isDeflated = !deflated.isEmpty && deflated.count < page.size
    let member = ZipMemberEntry(
      path: prefix + pages.paths[page.path],
      method: isDeflated ? 8 : 0,
      checksum: try Compressor.crc32(tool.buffer.span),
      compressedSize: isDeflated ? deflated.count : page.size,
      size: page.size,
      offset: shard.bytes.count
    )
    shard.bytes.append(0x0403_4B50, bytes: 4)
    appendFacts(of: member, version: 20, to: &shard.bytes)
    shard.bytes.append(0, bytes: 2)
    shard.bytes += member.path
    if isDeflated {
      shard.bytes += deflated
    } else {
      shard.bytes.append(contentsOf: tool.buffer.span)
    }
    shard.members.append(member)
  }
}
