extension JSONCursor {
  /// The bytes of a number.
  @_lifetime(copy self)
  public func bytes(of number: JSONNumber) -> Span<UInt8> { text.extracting(number.range) }
}
