extension ByteBuffer {
  /// t
  public mutating func append(json text: borrowing Span<UInt8>) {
    append(UInt8(ascii: "\""))
    append(text)
    append(UInt8(ascii: "\""))
  }
}
