/// The fields of an answer, as they came.
struct HTTPHead: Sendable {
  /// Lines that end with a line feed; a field that was folded is one line.
  private var bytes: [UInt8] = []

  /// Appends a line with its end.
  mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
    if let first = unsafe line.first, first == 0x20 || first == 0x09 {
      while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    }
    if bytes.isEmpty { bytes.reserveCapacity(Self.usualSize) }
    unsafe bytes.append(contentsOf: line)
  }

  /// Room for the fields of most answers.
  private static let usualSize = 512

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// All values of a field in order, without white space around them.
  ///
  /// - Parameter name: In lower case.
  func values(of name: String) -> [ArraySlice<UInt8>] {
    var values: [ArraySlice<UInt8>] = []
    forEachValue(of: name) { values.append($0) }
    return values
  }

  /// The last value of a field.
  ///
  /// - Parameter name: In lower case.
  func value(of name: String) -> ArraySlice<UInt8>? {
    var value: ArraySlice<UInt8>?
    forEachValue(of: name) { value = $0 }
    return value
  }

  private func forEachValue(of name: String, _ body: (ArraySlice<UInt8>) -> Void) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      if let colon = colon(from: start, after: name) { body(trimmed(colon + 1..<end)) }
      start = end + 1
    }
  }

  /// Where the colon is, if the line has this name.
  private func colon(from start: Int, after name: String) -> Int? {
    var index = start
    for expected in name.utf8 {
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      guard byte == expected || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == expected) else {
        return nil
      }
      index += 1
    }
    return index < bytes.count && bytes[index] == UInt8(ascii: ":") ? index : nil
  }

  private func trimmed(_ range: Range<Int>) -> ArraySlice<UInt8> {
    var value = bytes[range]
    while let first = value.first, first <= 0x20 { value.removeFirst() }
    while let last = value.last, last <= 0x20 { value.removeLast() }
    return value
  }
}
