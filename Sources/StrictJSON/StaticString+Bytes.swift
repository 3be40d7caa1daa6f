extension StaticString {
  /// The UTF-8 bytes of the literal, which live as long as the program.
  @inlinable
  var bytes: Span<UInt8> {
    @inline(__always)
    @_lifetime(immortal)
    get {
      let literal = unsafe UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
      let span = unsafe Span(_unsafeElements: literal)
      return unsafe _overrideLifetime(span, copying: ())
    }
  }
}
