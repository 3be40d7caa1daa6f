/// Searches in spans of bytes, eight bytes at a time.
///
/// A word of eight bytes is compared with a byte in all lanes at once. The least significant lane
/// that matches is exact, which is all that a search for the first match needs.
extension Span<UInt8> {
  /// Returns the offset of the first `byte` at or behind `start`, or `count` when there is none.
  ///
  /// - Parameters:
  ///   - byte: The byte to look for.
  ///   - start: Where to begin, from 0 to `count`.
  public func offset(of byte: UInt8, from start: Int = 0) -> Int {
    let wanted = UInt64(repeating: byte)
    var offset = start
    while count - offset >= 32 {
      let block = extracting(offset..<offset &+ 32)
      guard block.count == 32 else { break }
      var least = UInt8.max
      for lane in 0..<32 { least = Swift.min(least, block[lane] ^ byte) }
      if least == 0 { break }
      offset += 32
    }
    while count - offset >= 8 {
      let matches = (word(at: offset) ^ wanted).zeroLanes
      if matches != 0 { return offset + matches.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < count, self[offset] != byte { offset += 1 }
    return offset
  }

  /// Tells whether the bytes of a range are exactly `other`.
  @inlinable
  @inline(__always)
  func isEqual(_ range: Range<Int>, to other: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    var offset = 0
    while other.count - offset >= 8 {
      if word(at: range.lowerBound + offset) != other.word(at: offset) { return false }
      offset += 8
    }
    while offset < other.count {
      if self[range.lowerBound + offset] != other[offset] { return false }
      offset += 1
    }
    return true
  }

  /// Returns the eight bytes at `offset`, the first one in the least significant lane.
  ///
  /// The check of the count lets the compiler see one load where eight are written.
  @inlinable
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    let bytes = extracting(offset..<offset &+ 8)
    guard bytes.count == 8 else { return 0 }
    var word: UInt64 = 0
    for lane in 0..<8 { word |= UInt64(bytes[lane]) &<< UInt64(8 &* lane) }
    return word
  }
}

extension UInt64 {
  /// The same byte in each of the eight lanes.
  @inline(__always)
  init(repeating byte: UInt8) { self = UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each lane that is zero, exact up to the first such lane.
  @inline(__always)
  var zeroLanes: UInt64 {
    (self &- UInt64(repeating: 1)) & ~self & UInt64(repeating: 0x80)
  }

  /// The highest bit of each lane that is below `bound`, exact up to the first such lane.
  ///
  /// - Parameter bound: At most 128.
  @inline(__always)
  func lanes(below bound: UInt8) -> UInt64 {
    (self &- UInt64(repeating: bound)) & ~self & UInt64(repeating: 0x80)
  }
}
