import StrictJSON

/// A piece of a pattern without stars.
struct GlobPart: Sendable, Equatable {
  /// The bytes; at the place of a class, any.
  private(set) var bytes: [UInt8] = []
  /// For each byte the number of its class, from 1, or 0; empty if there are no classes.
  private(set) var numbers: [UInt16] = []
  private(set) var classes: [ByteClass] = []

  var count: Int { bytes.count }

  /// The bytes that a text must have.
  var literals: [UInt8] {
    numbers.isEmpty ? bytes : zip(bytes, numbers).compactMap { $1 == 0 ? $0 : nil }
  }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    if !classes.isEmpty { numbers.append(0) }
  }

  mutating func append(_ byteClass: ByteClass) {
    while numbers.count < bytes.count { numbers.append(0) }
    classes.append(byteClass)
    bytes.append(0)
    numbers.append(UInt16(classes.count))
  }

  mutating func removeLast() {
    bytes.removeLast()
    if !numbers.isEmpty { numbers.removeLast() }
  }

  /// Whether the bytes of `text` from `start` on, of which there are enough, begin with the part.
  @inline(__always)
  func matches(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    let bytes = bytes.span
    if classes.isEmpty {
      for index in bytes.indices where text[start + index] != bytes[index] { return false }
      return true
    }
    return matchesClasses(text, at: start)
  }

  private func matchesClasses(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    for index in bytes.indices {
      let byte = text[start + index]
      let number = Int(numbers[index])
      guard number == 0 ? byte == bytes[index] : classes[number - 1].contains(byte) else {
        return false
      }
    }
    return true
  }

  /// The first place of the part in a stretch of `text`.
  func first(in text: borrowing Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard count > 0 else { return start <= end ? start : nil }
    let (head, last) = (bytes[0], end - count)
    let isLiteral = numbers.isEmpty || numbers[0] == 0
    var place = start
    while place <= last {
      if isLiteral {
        guard let found = text.firstIndex(of: head, from: place), found <= last else { return nil }
        place = found
      }
      if matches(text, at: place) { return place }
      place += 1
    }
    return nil
  }
}
