// Copies and comparisons of parts of a text, as versions need them.

extension Span<UInt8> {
  /// The bounds of what is left without the spaces at both ends.
  var trimmedOfSpaces: Range<Int> { trimmedOfSpaces(in: 0..<count) }

  /// The bounds of what is left of `range` without the spaces at both of its ends.
  func trimmedOfSpaces(in range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, self[start].isSpace { start += 1 }
    while end > start, self[end - 1].isSpace { end -= 1 }
    return start..<end
  }

  /// A copy of the bytes in `bounds`.
  func bytes(in bounds: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.append(bounds, of: self)
    return copy
  }

  /// Whether the bytes in `bounds` are `word`, which is written in lower case, in any case.
  func spells(_ word: String, in bounds: Range<Int>) -> Bool {
    guard bounds.count == word.utf8.count else { return false }
    var place = bounds.lowerBound
    for expected in word.utf8 {
      guard self[place].lowercased == expected else { return false }
      place += 1
    }
    return true
  }
}

extension OutputSpan<UInt8> {
  /// Appends a copy of the bytes of `text` in `bounds`.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func append(_ bounds: Range<Int>, of text: Span<UInt8>) {
    for place in bounds { append(text[place]) }
  }

  /// Appends the UTF-8 of `word`.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func append(_ word: String) {
    for byte in word.utf8 { append(byte) }
  }
}

extension [UInt8] {
  /// Appends a copy of the bytes of `text` in `bounds`.
  @inline(__always)
  mutating func append(_ bounds: Range<Int>, of text: Span<UInt8>) {
    for place in bounds { append(text[place]) }
  }
}
