/// The extra fields of a member that say something of its sizes and its name.
///
/// Source: APPNOTE.TXT 4.5.3 and 4.6.9.
struct ZipExtra {
  /// Where the ZIP64 field lies.
  private(set) var zip64: Range<Int>?
  /// Where a second name lies, without the checksum before it.
  private(set) var unicodePath: Range<Int>?

  /// Reads all fields.
  init(_ bytes: borrowing Span<UInt8>) throws(ArchiveProblem) {
    var index = 0
    while index < bytes.count {
      guard index + 4 <= bytes.count else { throw ArchiveProblem(.extraField) }
      let field = index + 4..<index + 4 + bytes.uint16(index + 2)
      guard field.upperBound <= bytes.count else { throw ArchiveProblem(.extraField) }
      switch bytes.uint16(index) {
      case 0x0001:
        guard zip64 == nil else { throw ArchiveProblem(.duplicateExtra) }
        guard [0, 8, 16, 24, 28].contains(field.count) else { throw ArchiveProblem(.zip64Extra) }
        zip64 = field
      case 0x7075:
        guard unicodePath == nil else { throw ArchiveProblem(.duplicateExtra) }
        guard field.count >= 5, bytes[field.lowerBound] == 1 else {
          throw ArchiveProblem(.extraField)
        }
        unicodePath = field.lowerBound + 5..<field.upperBound
      default: break
      }
      index = field.upperBound
    }
  }

  /// Checks that a second name is the first one: programs differ in which they take.
  func checkPath(
    _ bytes: borrowing Span<UInt8>,
    _ name: borrowing Span<UInt8>
  ) throws(ArchiveProblem) {
    guard let unicodePath else { return }
    guard bytes.extracting(unicodePath).isEqual(to: name) else {
      throw ArchiveProblem(.unicodePath, of: name)
    }
  }

  /// The values for the fields that the directory leaves to ZIP64, in their order.
  func directoryValues(
    _ bytes: borrowing Span<UInt8>,
    size: Int,
    compressed: Int,
    offset: Int
  ) throws(ArchiveProblem) -> (size: Int, compressed: Int, offset: Int) {
    var place = zip64?.lowerBound ?? 0
    let end = zip64?.upperBound ?? 0
    func value(_ plain: Int) throws(ArchiveProblem) -> Int {
      guard plain == 0xFFFF_FFFF else { return plain }
      guard place + 8 <= end, let large = bytes.uint64(place) else {
        throw ArchiveProblem(.zip64Extra)
      }
      place += 8
      return large
    }
    return (try value(size), try value(compressed), try value(offset))
  }

  /// Checks the sizes in the header of a member against those in the directory.
  ///
  /// A header has both sizes in ZIP64; some writers give one for a member that is not compressed.
  func agrees(
    _ bytes: borrowing Span<UInt8>,
    size: Int,
    compressed: Int,
    with member: ZipMember
  ) -> Bool {
    guard let zip64, zip64.count > 0 else {
      return size == member.size && compressed == member.compressedSize
    }
    let first = bytes.uint64(zip64.lowerBound)
    let second = zip64.count > 8 ? bytes.uint64(zip64.lowerBound + 8) : first
    guard zip64.count > 8 || !member.isDeflated else { return false }
    return first == member.size && second == member.compressedSize
      && (size == member.size || size == 0xFFFF_FFFF)
      && (compressed == member.compressedSize || compressed == 0xFFFF_FFFF)
  }
}
