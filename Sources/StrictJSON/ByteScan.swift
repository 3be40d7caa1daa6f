/// Searches in spans of bytes, many bytes at a time, in plain safe code.
///
/// Blocks are tested whole and words of eight bytes lane by lane. In a word the lowest lane that
/// matches is exact, which is all that a search for the first match needs.
extension Span<UInt8> {
  /// Returns the offset of the first `byte` at or behind `start`, or `count` when there is none.
  ///
  /// - Parameters:
  ///   - byte: The byte to look for.
  ///   - start: Where to begin, from 0 to `count`.
  /// - Returns: The offset, at most `count`.
  public func offset(of byte: UInt8, from start: Int = 0) -> Int {
    var offset = start
    while count - offset >= 32 {
      let block = extracting(offset..<offset &+ 32)
      guard block.count == 32 else { break }
      // Zero if a byte matches. Written without a branch, this becomes vector code.
      var least = UInt8.max
      for lane in 0..<32 { least = Swift.min(least, block[lane] ^ byte) }
      if least == 0 { break }
      offset += 32
    }
    while count - offset >= 8 {
      let matches = word(at: offset).lanes(equalTo: byte)
      if matches != 0 { return offset + matches.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < count, self[offset] != byte { offset += 1 }
    return offset
  }

  /// Returns the offset of the first byte at or behind `start` that does not stand for itself in a
  /// JSON string (a quote, a backslash or a control), or is `other`; or `count`.
  ///
  /// - Parameters:
  ///   - start: Where to begin, from 0 to `count`.
  ///   - other: One more byte to stop at.
  /// - Returns: The offset, at most `count`.
  @inline(__always)
  func endOfPlainRun(from start: Int, before other: UInt8 = UInt8(ascii: "\"")) -> Int {
    var offset = start
    while count - offset >= 8 {
      let ends = word(at: offset).lanesThatEndPlainRuns(other: other)
      if ends != 0 { return offset + ends.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < count, !self[offset].endsPlainRun(other: other) { offset += 1 }
    return offset
  }

  /// Tells whether a plain run, as ``endOfPlainRun(from:before:)`` sees it, goes up to the end.
  ///
  /// Faster than to look for its end, since the last words may overlap and no place is wanted.
  ///
  /// - Parameter other: One more byte that must not be there.
  /// - Returns: Whether every byte stands for itself.
  @inline(__always)
  func isPlain(without other: UInt8) -> Bool {
    var offset = 0
    if count < 8 {
      while offset < count, !self[offset].endsPlainRun(other: other) { offset += 1 }
      return offset == count
    }
    while count - offset > 16 {
      let block = extracting(offset..<offset &+ 16)
      guard block.count == 16 else { return false }
      // Zero if a byte ends the run. Written without a branch, this becomes vector code.
      var least = UInt8.max
      for lane in 0..<16 {
        let byte = block[lane]
        least = Swift.min(least, Swift.min(byte ^ UInt8(ascii: "\""), byte ^ UInt8(ascii: "\\")))
        least = Swift.min(least, Swift.min(byte ^ other, byte & 0xE0))
      }
      if least == 0 { return false }
      offset += 16
    }
    let first = word(at: Swift.min(offset, count - 8))
    let last = word(at: count - 8)
    return first.lanesThatEndPlainRuns(other: other) | last.lanesThatEndPlainRuns(other: other) == 0
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

  /// Returns the eight bytes at `offset`, the first one in the lowest lane.
  ///
  /// The check of the count lets the compiler see one load where eight are written.
  ///
  /// - Parameter offset: At most `count - 8`.
  @inlinable
  @inline(__always)
  public func word(at offset: Int) -> UInt64 {
    let bytes = extracting(offset..<offset &+ 8)
    guard bytes.count == 8 else { return 0 }
    var word: UInt64 = 0
    for lane in 0..<8 { word |= UInt64(bytes[lane]) &<< UInt64(8 &* lane) }
    return word
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate func endsPlainRun(other: UInt8) -> Bool {
    self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") || self == other || self < 0x20
  }
}

extension UInt64 {
  /// The same byte in each of the eight lanes.
  @usableFromInline
  @inline(__always)
  init(repeating byte: UInt8) { self = UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each lane that is a byte from `low` to `high`, which are ASCII.
  @inlinable
  @inline(__always)
  public func lanes(from low: UInt8, through high: UInt8) -> UInt64 {
    let rest = self & UInt64(repeating: 0x7F)
    let reached = rest &+ UInt64(repeating: 0x80 - low)
    let passed = rest &+ UInt64(repeating: 0x7F - high)
    return reached & ~passed & ~self & UInt64(repeating: 0x80)
  }

  /// The highest bit of each lane that is `byte`, exact up to the first such lane.
  @inline(__always)
  fileprivate func lanes(equalTo byte: UInt8) -> UInt64 {
    let zeroes = self ^ UInt64(repeating: byte)
    return (zeroes &- UInt64(repeating: 1)) & ~zeroes & UInt64(repeating: 0x80)
  }

  /// The highest bit of each lane that ends a plain run, exact up to the first such lane.
  @inline(__always)
  fileprivate func lanesThatEndPlainRuns(other: UInt8) -> UInt64 {
    // Below a space, and below 0x80: the subtraction borrows, and the bit was not set before.
    let controls = (self &- UInt64(repeating: 0x20)) & ~self & UInt64(repeating: 0x80)
    let quotes = lanes(equalTo: UInt8(ascii: "\""))
    return controls | quotes | lanes(equalTo: UInt8(ascii: "\\")) | lanes(equalTo: other)
  }
}
