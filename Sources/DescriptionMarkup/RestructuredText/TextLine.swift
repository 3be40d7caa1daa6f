/// A line, or what is left of it within what it is indented in: places in the text.
struct TextLine {
  var start: Int
  var end: Int

  var isBlank: Bool { start == end }

  /// The line without its first bytes.
  func dropping(_ count: Int) -> TextLine { TextLine(start: min(start + count, end), end: end) }
}

/// The lines of a text, with tabs as spaces and no spaces at the ends.
struct TextLines {
  private(set) var bytes: [UInt8] = []
  private(set) var lines: [TextLine] = []

  /// Cuts a text.
  ///
  /// - Parameter text: UTF-8 whose lines end with a line feed.
  init(_ text: [UInt8]) {
    bytes.reserveCapacity(text.count)
    var start = 0
    for byte in text {
      switch byte {
      case 0x0A:
        endLine(from: start)
        bytes.append(byte)
        start = bytes.count
      case 0x09:
        // Tabs are at every eighth place in docutils.
        let width = 8 - (bytes.count - start) % 8
        for _ in 0..<width { bytes.append(0x20) }
      default: bytes.append(byte)
      }
    }
    endLine(from: start)
  }

  private mutating func endLine(from start: Int) {
    var end = bytes.count
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    lines.append(TextLine(start: start, end: end))
  }
}

extension [UInt8] {
  /// How many spaces a line begins with.
  func indent(of line: TextLine) -> Int {
    var index = line.start
    while index < line.end, self[index] == 0x20 { index += 1 }
    return index - line.start
  }

  /// The byte at a place of a line; 0 behind it.
  func byte(_ offset: Int, of line: TextLine) -> UInt8 {
    offset < line.end - line.start ? self[line.start + offset] : 0
  }

  /// Whether a line begins with a literal.
  func starts(_ line: TextLine, with literal: StaticString) -> Bool {
    self[line.start..<line.end].starts(with: "\(literal)".utf8)
  }

  /// The character that a line consists of, if it is punctuation.
  func ornament(of line: TextLine) -> UInt8? {
    guard !line.isBlank, self[line.start].isPunctuation else { return nil }
    let first = self[line.start]
    return self[line.start..<line.end].allSatisfy { $0 == first } ? first : nil
  }

  /// How many characters a line has.
  func width(of line: TextLine) -> Int {
    self[line.start..<line.end].count { $0 & 0xC0 != 0x80 }
  }

  /// The text of lines, with a line feed between each two.
  func joined(_ lines: some Sequence<TextLine>) -> [UInt8] {
    var text: [UInt8] = []
    for line in lines {
      if !text.isEmpty { text.append(0x0A) }
      text += self[line.start..<line.end]
    }
    return text
  }
}

extension UInt8 {
  /// Whether it is printable ASCII, and neither a letter nor a digit nor a space.
  var isPunctuation: Bool { self > 0x20 && self < 0x7F && !isLetter && !isDigit }
}
