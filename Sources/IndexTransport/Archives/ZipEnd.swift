/// The end of a zip archive, which says where its directory is.
///
/// There is exactly one, and the directory ends where it begins. Source: APPNOTE.TXT 4.3.14 to
/// 4.3.16.
struct ZipEnd {
  /// The bytes of an end without a comment.
  static let size = 22
  /// The most bytes that an end can take, with those of ZIP64 before it.
  static let maximumSize = 56 + 20 + size + 65_535
  private static let locatorSize = 20
  private static let zip64Size = 56

  /// Where the directory is.
  let directory: Range<Int>
  /// How many members it has.
  let memberCount: Int

  /// Reads the end of an archive.
  ///
  /// - Parameters:
  ///   - tail: Its last bytes.
  ///   - start: The offset of their first one.
  /// - Returns: nil if `tail` is too short to hold the end.
  init?(_ tail: borrowing Span<UInt8>, at start: Int) throws(ArchiveProblem) {
    guard let place = Self.find(in: tail) else {
      if start > 0 && tail.count < Self.maximumSize { return nil }
      throw ArchiveProblem(.noEnd)
    }
    guard place + Self.size + tail.uint16(place + 20) == tail.count else {
      throw ArchiveProblem(.trailingData)
    }
    let plain = Numbers(
      count: tail.uint16(place + 10),
      size: tail.uint32(place + 12),
      offset: tail.uint32(place + 16)
    )
    guard tail.uint16(place + 4) == 0, tail.uint16(place + 6) == 0,
      tail.uint16(place + 8) == plain.count
    else { throw ArchiveProblem(.disks) }
    let locator = place - Self.locatorSize
    let isZip64 = locator >= 0 && tail.uint32(locator) == 0x0706_4B50
    var (numbers, end) = (plain, place)
    if isZip64 {
      guard locator >= Self.zip64Size || start == 0 else { return nil }
      (numbers, end) = try Self.zip64(tail, at: start, before: locator, plain)
    } else if plain.hasSentinel {
      guard place >= Self.locatorSize || start == 0 else { return nil }
      throw ArchiveProblem(.zip64End)
    }
    guard numbers.count <= ArchiveLimits.memberCount else { throw ArchiveProblem(.tooManyMembers) }
    guard numbers.size <= ArchiveLimits.directorySize else {
      throw ArchiveProblem(.directoryTooLarge)
    }
    guard numbers.offset + numbers.size == start + end else {
      throw ArchiveProblem(.directoryPlace)
    }
    directory = numbers.offset..<numbers.offset + numbers.size
    memberCount = numbers.count
  }

  private struct Numbers {
    let count: Int
    let size: Int
    let offset: Int

    var hasSentinel: Bool { count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF }

    /// Whether ZIP64 says the same where these say anything.
    func agrees(with large: Numbers) -> Bool {
      (count == large.count || count == 0xFFFF) && (size == large.size || size == 0xFFFF_FFFF)
        && (offset == large.offset || offset == 0xFFFF_FFFF)
    }
  }

  /// The last place where the signature stands, as Python's zipfile looks for it.
  static func find(in tail: borrowing Span<UInt8>) -> Int? {
    var place = tail.count - size
    while place >= 0 {
      if tail[place] == 0x50, tail.uint32(place) == 0x0605_4B50 { return place }
      place -= 1
    }
    return nil
  }

  private static func zip64(
    _ tail: borrowing Span<UInt8>,
    at start: Int,
    before locator: Int,
    _ plain: Numbers
  ) throws(ArchiveProblem) -> (Numbers, Int) {
    let place = locator - zip64Size
    guard place >= 0, tail.uint32(place) == 0x0606_4B50, tail.uint64(place + 4) == 44,
      tail.uint32(locator + 4) == 0, tail.uint64(locator + 8) == start + place,
      tail.uint32(locator + 16) == 1
    else { throw ArchiveProblem(.zip64End) }
    guard tail.uint32(place + 16) == 0, tail.uint32(place + 20) == 0 else {
      throw ArchiveProblem(.disks)
    }
    guard let count = tail.uint64(place + 32), let size = tail.uint64(place + 40),
      let offset = tail.uint64(place + 48), tail.uint64(place + 24) == count
    else { throw ArchiveProblem(.zip64End) }
    let numbers = Numbers(count: count, size: size, offset: offset)
    guard plain.agrees(with: numbers) else { throw ArchiveProblem(.zip64End) }
    return (numbers, place)
  }
}
