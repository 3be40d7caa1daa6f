// The few questions that versions ask of bytes. All of them are about ASCII only.

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// Whether this is a digit or a lower-case letter.
  @inline(__always)
  var isLetterOrDigit: Bool { isDigit || isLowercaseLetter }

  @inline(__always)
  var isLowercaseLetter: Bool { self &- UInt8(ascii: "a") < 26 }

  @inline(__always)
  var isUppercaseLetter: Bool { self &- UInt8(ascii: "A") < 26 }

  @inline(__always)
  var lowercased: UInt8 { isUppercaseLetter ? self | 0x20 : self }

  /// Whether this parts the words of a version.
  @inline(__always)
  var isSeparator: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }

  /// Whether this is white space to Python's `str.strip`, which PyPI's `packaging` relies on: the
  /// six that PEP 440 names, and the four separators of ASCII.
  @inline(__always)
  var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 || self &- 0x1C < 4 }
}

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

  /// Whether these bytes come before `other`, byte by byte, a prefix first.
  func lexicographicallyPrecedes(_ other: Span<UInt8>) -> Bool {
    let common = Swift.min(count, other.count)
    for place in 0..<common where self[place] != other[place] {
      return self[place] < other[place]
    }
    return count < other.count
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
