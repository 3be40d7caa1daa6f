/// A run of bytes inside a text of at most 65,535 bytes, in a quarter of the room of a `Range<Int>`.
///
/// Both offsets lie in one number: read right after it was written, as a scan is, it then comes
/// from the processor's store buffer, which took half the time of a sort key when they lay apart.
struct VersionRange: BitwiseCopyable, Sendable, Equatable {
  private let offsets: UInt32

  static var empty: VersionRange { VersionRange(0..<0) }

  /// - Parameter bounds: Offsets from 0 to 65,535.
  init(_ bounds: Range<Int>) {
    offsets = UInt32(UInt16(bounds.lowerBound)) | UInt32(UInt16(bounds.upperBound)) << 16
  }

  var start: Int { Int(offsets & 0xFFFF) }
  var end: Int { Int(offsets >> 16) }
  var isEmpty: Bool { start == end }
  var bounds: Range<Int> { start..<end }
}
