extension Span where Element == UInt8 {
  /// Whether there is a NUL byte, and whether all bytes are ASCII.
  ///
  /// - Complexity: One pass over words of eight bytes.
  func survey() -> (hasNUL: Bool, isASCII: Bool) {
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    var nul: UInt64 = 0
    var any: UInt64 = 0
    let words = count / 8
    let raw = unsafe bytes
    for word in 0..<words {
      let value = unsafe raw.unsafeLoadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
      nul |= (value &- ones) & ~value & high
      any |= value
    }
    var hasNUL = nul != 0
    for index in words * 8..<count {
      hasNUL = hasNUL || self[index] == 0
      any |= UInt64(self[index])
    }
    return (hasNUL, any & high == 0)
  }

  func append(to array: inout [UInt8]) {
    array.reserveCapacity(array.count + count)
    for index in 0..<count { array.append(self[index]) }
  }

  /// The bytes as an array.
  func array() -> [UInt8] {
    var array: [UInt8] = []
    append(to: &array)
    return array
  }

  /// The first bytes that are no UTF-8.
  func firstInvalidUTF8() -> Range<Int>? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: self)
      return nil
    } catch {
      return error.byteOffsets
    }
  }

  /// Whether these bytes, which are no UTF-8, may be the start of a character.
  func mayBeCut() -> Bool {
    let length =
      switch self[0] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    return count < length
  }

  /// Whether the bytes of `text`, which is ASCII in lower case, occur, in any case.
  func contains(ignoringCase text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    if length > count { return false }
    for start in 0...count - length where matches(text, at: start) { return true }
    return false
  }

  /// Whether the bytes at `start` are those of `text`, ASCII in lower case, in any case.
  func matches(_ text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    for index in 0..<length {
      let byte = self[start + index]
      let isUpper = byte >= 0x41 && byte <= 0x5A
      let wanted = unsafe text.utf8Start[index]
      if (isUpper ? byte | 0x20 : byte) != wanted { return false }
    }
    return true
  }

  /// Whether the last bytes are those of `text`, ASCII in lower case, in any case.
  func ends(with text: StaticString) -> Bool {
    matches(text, at: count - text.utf8CodeUnitCount)
  }

  /// Whether the bytes are those of `text`, exactly.
  func equals(_ text: String) -> Bool {
    var index = 0
    for byte in text.utf8 {
      guard index < count, self[index] == byte else { return false }
      index += 1
    }
    return index == count
  }
}
