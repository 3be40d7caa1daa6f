/// A place in a text as people count: lines and columns, both from 1.
public struct SourceLocation: Sendable, Equatable, Comparable {
  /// The line, from 1; lines end with a line feed.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int

  /// Creates a place.
  ///
  /// - Parameters:
  ///   - line: The line, from 1.
  ///   - column: The column, from 1, in Unicode scalars.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Finds the place of an offset.
  ///
  /// - Parameters:
  ///   - offset: The offset in bytes; the end of the text when it is greater.
  ///   - text: The bytes of the text.
  /// - Complexity: O(n) in the offset.
  public init(of offset: Int, in text: Span<UInt8>) {
    let before = text.extracting(first: max(0, offset))
    var line = 1
    var lineStart = 0
    while true {
      let lineFeed = before.offset(of: UInt8(ascii: "\n"), from: lineStart)
      if lineFeed == before.count { break }
      line += 1
      lineStart = lineFeed + 1
    }
    var column = 1
    // A scalar is counted by its first byte: the others are 10xxxxxx.
    for place in lineStart..<before.count where before[place] & 0xC0 != 0x80 { column += 1 }
    self.init(line: line, column: column)
  }

  /// Tells whether one place is before another.
  public static func < (first: SourceLocation, second: SourceLocation) -> Bool {
    (first.line, first.column) < (second.line, second.column)
  }
}
