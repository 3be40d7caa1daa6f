extension Span where Element == UInt8 {
  /// Whether the bytes are those of a literal.
  ///
  /// - Parameter literal: The UTF-8 text to compare with.
  @inlinable
  public func elementsEqual(_ literal: StaticString) -> Bool {
    isEqual(0..<count, to: literal.bytes)
  }

  /// Whether two spans hold the same bytes.
  ///
  /// - Parameter other: The bytes to compare with.
  @inlinable
  public func elementsEqual(_ other: Span<UInt8>) -> Bool {
    isEqual(0..<count, to: other)
  }

  /// Whether the bytes come before those of `other` in the order of `memcmp`, a prefix first.
  ///
  /// - Parameter other: The bytes to compare with.
  public func lexicographicallyPrecedes(_ other: borrowing Span<UInt8>) -> Bool {
    let shared = Swift.min(count, other.count)
    for index in 0..<shared {
      let (a, b) = (self[index], other[index])
      if a != b { return a < b }
    }
    return count < other.count
  }

  /// The first place of `byte` from `start` on.
  ///
  /// - Parameters:
  ///   - byte: The byte to find.
  ///   - start: An offset from 0 to `count`.
  @inlinable
  @inline(__always)
  public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    let offset = offset(of: byte, from: start)
    return offset < count ? offset : nil
  }

  /// The last place of `byte` before `end`.
  ///
  /// - Parameters:
  ///   - byte: The byte to find.
  ///   - end: An offset from 0 to `count`.
  public func lastIndex(of byte: UInt8, before end: Int) -> Int? {
    var index = end - 1
    while index >= 0 {
      if self[index] == byte { return index }
      index -= 1
    }
    return nil
  }

  /// Whether the bytes are those of `literal`, ASCII letters of either case being equal.
  ///
  /// - Parameter literal: ASCII text in lower case.
  @inlinable
  public func equalsIgnoringCase(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && startsIgnoringCase(with: literal, at: 0)
  }

  /// Whether the bytes from `start` on begin with `literal`, letters of either case being equal.
  ///
  /// - Parameters:
  ///   - literal: ASCII text in lower case.
  ///   - start: An offset from 0 to `count`.
  @inlinable
  public func startsIgnoringCase(with literal: StaticString, at start: Int) -> Bool {
    let size = literal.utf8CodeUnitCount
    guard start + size <= count else { return false }
    let other = literal.bytes
    for index in 0..<size {
      let byte = self[start + index]
      let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
      if lower != other[index] { return false }
    }
    return true
  }
}

extension Array where Element == UInt8 {
  /// Creates an array of the bytes of `span`.
  ///
  /// - Parameter span: The bytes to copy.
  public init(_ span: borrowing Span<UInt8>) {
    self = []
    append(contentsOf: span)
  }

  /// Appends the bytes of `span`.
  ///
  /// - Parameter span: The bytes to copy.
  public mutating func append(contentsOf span: borrowing Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// Creates a text of the bytes of `span`, with U+FFFD for what is not UTF-8.
  ///
  /// - Parameter span: The bytes to decode.
  public init(decoding span: borrowing Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
