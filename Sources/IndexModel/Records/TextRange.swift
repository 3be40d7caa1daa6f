/// Where a piece of text lies in the bytes of its owner, a batch or a catalog.
///
/// Eight bytes stand for a text of any length up to 16 MiB within a terabyte, so that a record is
/// a small value without references. An empty range means that the text is not known.
public struct TextRange: BitwiseCopyable, Hashable, Sendable {
  @usableFromInline var packed: UInt64

  /// The range of no text.
  public static let none = TextRange(0..<0)

  /// The longest text that a range can stand for, in bytes.
  public static var maximumCount: Int { 1 << 24 - 1 }

  /// Creates a range.
  ///
  /// - Parameter bounds: Offsets of bytes; at most ``maximumCount`` of them, below 2^40.
  public init(_ bounds: Range<Int>) {
    precondition(bounds.count <= Self.maximumCount && bounds.upperBound < 1 << 40)
    packed = UInt64(bounds.lowerBound) << 24 | UInt64(bounds.count)
  }

  /// The offset of the first byte.
  @inlinable public var offset: Int { Int(packed >> 24) }

  /// The number of bytes.
  @inlinable public var count: Int { Int(packed & 0xFF_FFFF) }

  /// Whether there is no text.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The range of bytes.
  @inlinable public var bounds: Range<Int> { offset..<offset + count }

  /// The same text after `distance` bytes were put before its owner's bytes from `start` on.
  func shifted(by distance: Int, from start: Int = 0) -> TextRange {
    isEmpty || offset < start ? self : TextRange(offset + distance..<offset + distance + count)
  }
}

extension Span where Element == UInt8 {
  /// The bytes of a piece of text.
  @inlinable
  public subscript(text: TextRange) -> Span<UInt8> {
    @_lifetime(copy self)
    @inline(__always) get { extracting(text.bounds) }
  }
}
