/// The directory of a zip archive in which every program sees the same members.
///
/// What PyPI refuses in an upload is refused here too: wheels are zip archives, and pip reads them
/// by the directory while other programs read their members one after the other.
public struct ZipDirectory: Sendable {
  /// The bytes of the directory.
  private let bytes: [UInt8]
  /// The members, by their place in the archive.
  public let members: [ZipMember]
  /// Where the directory begins, which is where the last member ends.
  private let start: Int

  /// Reads a directory.
  ///
  /// - Parameter archiveSize: The bytes of the whole archive.
  init(_ bytes: [UInt8], _ end: ZipEnd, archiveSize: Int) throws(ArchiveProblem) {
    var members: [ZipMember] = []
    members.reserveCapacity(min(end.memberCount, bytes.count / 46))
    var (names, place, total) = (Set<ArraySlice<UInt8>>(), 0, 0)
    while place < bytes.count {
      let (member, next) = try Self.member(bytes.span, at: place)
      guard names.insert(bytes[member.name]).inserted else {
        throw ArchiveProblem(.duplicateName, of: bytes.span.extracting(member.name))
      }
      guard members.count < end.memberCount else { throw ArchiveProblem(.memberCount) }
      members.append(member)
      total += member.size
      place = next
    }
    guard members.count == end.memberCount else { throw ArchiveProblem(.memberCount) }
    guard total <= ArchiveLimits.contentSize(ofArchive: archiveSize) else {
      throw ArchiveProblem(.ratio)
    }
    members.sort { $0.offset < $1.offset }
    self.bytes = bytes
    self.members = members
    start = end.directory.lowerBound
    try checkPlaces()
  }

  /// Reads the entry at `place`; returns also where the next one begins.
  private static func member(
    _ bytes: borrowing Span<UInt8>,
    at place: Int
  ) throws(ArchiveProblem) -> (ZipMember, Int) {
    guard place + 46 <= bytes.count, bytes.uint32(place) == 0x0201_4B50 else {
      throw ArchiveProblem(.directoryEntry)
    }
    let name = place + 46..<place + 46 + bytes.uint16(place + 28)
    let extra = name.upperBound..<name.upperBound + bytes.uint16(place + 30)
    guard extra.upperBound <= bytes.count else { throw ArchiveProblem(.directoryEntry) }
    let text = bytes.extracting(name)
    if bytes.uint16(place + 32) != 0 { throw ArchiveProblem(.memberComment, of: text) }
    if bytes.uint16(place + 34) != 0 { throw ArchiveProblem(.disks) }
    let (flags, method) = (bytes.uint16(place + 8), bytes.uint16(place + 10))
    try check(flags: flags, method: method, text)
    let fields = bytes.extracting(extra)
    let known = try ZipExtra(fields)
    try known.checkPath(fields, text)
    let values = try known.directoryValues(
      fields,
      size: bytes.uint32(place + 24),
      compressed: bytes.uint32(place + 20),
      offset: bytes.uint32(place + 42)
    )
    if method == 0 && values.size != values.compressed {
      throw ArchiveProblem(.storedSize, of: text)
    }
    let member = ZipMember(
      name: name,
      isDeflated: method == 8,
      checksum: bytes.uint32(place + 16),
      compressedSize: values.compressed,
      size: values.size,
      offset: values.offset
    )
    return (member, extra.upperBound)
  }

  /// Checks what the directory and the header of a member have in common.
  static func check(
    flags: Int,
    method: Int,
    _ name: borrowing Span<UInt8>
  ) throws(ArchiveProblem) {
    if flags & 0x2041 != 0 { throw ArchiveProblem(.encrypted, of: name) }
    if flags & 0x08 != 0 { throw ArchiveProblem(.dataDescriptor, of: name) }
    guard method == 0 || method == 8 else { throw ArchiveProblem(.method, of: name) }
    var isASCII = !name.isEmpty
    for index in name.indices {
      if name[index] < 0x20 || name[index] == 0x7F { throw ArchiveProblem(.nameControls, of: name) }
      if name[index] >= 0x80 { isASCII = false }
    }
    if isASCII { return }
    if name.isEmpty { throw ArchiveProblem(.nameControls) }
    let isUTF8 = String(validating: Array(copying: name), as: UTF8.self) != nil
    guard isUTF8, flags & ZipMember.utf8Flag != 0 else {
      throw ArchiveProblem(.nameEncoding, of: name)
    }
  }

  /// Checks that the members fill the archive up to the directory, as far as the directory knows.
  private func checkPlaces() throws(ArchiveProblem) {
    guard (members.first?.offset ?? start) == 0 else { throw ArchiveProblem(.hiddenData) }
    for index in members.indices {
      let extent = extent(of: index)
      let member = members[index]
      guard extent.upperBound <= start,
        extent.count >= 30 + member.name.count + member.compressedSize
      else { throw ArchiveProblem(.overlap, of: name(of: member)) }
    }
  }

  /// The bytes of a member in the archive, its header included.
  func extent(of index: Int) -> Range<Int> {
    let end = index + 1 < members.count ? members[index + 1].offset : start
    return members[index].offset..<max(members[index].offset, end)
  }

  /// The name of a member: UTF-8 without control characters.
  @_lifetime(borrow self)
  public func name(of member: ZipMember) -> Span<UInt8> { bytes.span.extracting(member.name) }
}
