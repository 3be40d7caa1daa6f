/// A growing run of bytes that pages and records are written into.
///
/// One buffer serves many pages: ``removeAll()`` keeps the storage. All of its methods are memory
/// safe; the pointer inside is the only one outside of `IndexTransport`. It is not an array
/// because a copy of a literal or a span into it is one capacity check and one `memcpy`.
@safe public struct ByteBuffer: ~Copyable {
  @usableFromInline var storage: UnsafeMutableRawBufferPointer
  @usableFromInline var length = 0

  /// The number of bytes written.
  @inlinable public var count: Int { length }

  /// Creates an empty buffer.
  ///
  /// - Parameter minimumCapacity: The number of bytes to make room for, at least 64.
  public init(minimumCapacity: Int = 0) {
    unsafe storage = .allocate(byteCount: max(minimumCapacity, 64), alignment: 16)
  }

  deinit { unsafe storage.deallocate() }

  /// The bytes written so far.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let bytes = unsafe Span<UInt8>(
        _unsafeElements: UnsafeBufferPointer(rebasing: storage.bindMemory(to: UInt8.self)[..<count])
      )
      return unsafe _overrideLifetime(bytes, borrowing: self)
    }
  }

  /// Forgets the bytes and keeps the storage.
  public mutating func removeAll() { length = 0 }

  /// Forgets the bytes from `end` on and keeps the storage.
  ///
  /// - Parameter end: The new count, from 0 to `count`.
  public mutating func truncate(to end: Int) {
    precondition(end >= 0 && end <= count)
    length = end
  }

  /// Makes room for `additional` more bytes.
  ///
  /// - Complexity: Amortised O(1) per byte, as the capacity doubles.
  @inlinable
  @inline(__always)
  public mutating func reserve(_ additional: Int) {
    if unsafe storage.count - length < additional { grow(by: additional) }
  }

  @inline(never)
  @usableFromInline
  mutating func grow(by additional: Int) {
    let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(storage.count * 2, count + additional),
      alignment: 16
    )
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    unsafe storage.deallocate()
    unsafe storage = larger
  }

  /// Appends one byte.
  @inlinable
  @inline(__always)
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe storage[length] = byte
    length += 1
  }

  /// Appends the UTF-8 of a literal.
  @inlinable
  @inline(__always)
  public mutating func append(_ literal: StaticString) {
    let size = literal.utf8CodeUnitCount
    reserve(size)
    guard let base = unsafe storage.baseAddress else { return }
    unsafe (base + length).copyMemory(from: literal.utf8Start, byteCount: size)
    length += size
  }

  /// Appends a copy of `bytes`.
  @inlinable
  @inline(__always)
  public mutating func append(_ bytes: borrowing Span<UInt8>) {
    reserve(bytes.count)
    unsafe bytes.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress, let base = unsafe storage.baseAddress else { return }
      unsafe (base + length).copyMemory(from: from, byteCount: source.count)
    }
    length += bytes.count
  }

  /// Appends the UTF-8 of `text`.
  public mutating func append(utf8 text: String) {
    append(text.utf8Span.span)
  }

  /// Appends the bytes from `range` of this buffer again, at its end.
  ///
  /// - Parameter range: A range within `0..<count`.
  @inlinable
  @inline(__always)
  public mutating func append(repeating range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    reserve(range.count)
    guard let base = unsafe storage.baseAddress else { return }
    unsafe (base + length).copyMemory(from: base + range.lowerBound, byteCount: range.count)
    length += range.count
  }

  /// Appends `number` in decimal digits.
  public mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var digits = 1
    var bound: UInt = 10
    while rest >= bound {
      digits += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    reserve(digits)
    for place in stride(from: length + digits - 1, through: length, by: -1) {
      unsafe storage[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    length += digits
  }
}

extension ByteBuffer: @unchecked Sendable {
  // The storage has one owner, since the type cannot be copied.
}
