// Numbers as zip archives hold them.
extension Span where Element == UInt8 {
  /// The number of 2 bytes at `offset`.
  func uint16(_ offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }

  /// The number of 4 bytes at `offset`.
  func uint32(_ offset: Int) -> Int { uint16(offset) | uint16(offset + 2) << 16 }

  /// The number of 8 bytes at `offset`; nil if it is more than any file has.
  func uint64(_ offset: Int) -> Int? {
    let high = uint32(offset + 4)
    return high < 1 << 16 ? uint32(offset) | high << 32 : nil
  }

  /// Whether two spans hold the same bytes.
  func isEqual(to other: borrowing Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// Whether the last bytes are those of an ASCII literal.
  func hasSuffix(_ literal: StaticString) -> Bool {
    let size = literal.utf8CodeUnitCount
    guard count >= size else { return false }
    return literal.withUTF8Buffer { bytes in
      for index in 0..<size {
        guard unsafe self[count - size + index] == bytes[index] else { return false }
      }
      return true
    }
  }
}

extension Array where Element == UInt8 {
  /// The bytes of a span.
  init(copying span: borrowing Span<UInt8>) {
    self = []
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }

  /// Appends a number as zip archives hold it.
  mutating func append(littleEndian number: Int, bytes count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
