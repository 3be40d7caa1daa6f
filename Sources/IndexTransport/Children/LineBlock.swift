/// Lines that a program wrote, as one array.
///
/// Either whole lines, each with its newline, or alone the last one that has none.
public struct LineBlock: Sendable {
  /// All bytes, newlines included.
  public let bytes: [UInt8]
  /// The number of the first line in all of the output, from 1.
  public let firstLine: Int
  /// How many lines there are.
  public let lineCount: Int
  /// Whether this is the last line of the output and has no newline.
  public let isUnfinished: Bool
  private var position = 0

  init(_ bytes: [UInt8], firstLine: Int, lineCount: Int, isUnfinished: Bool = false) {
    self.bytes = bytes
    self.firstLine = firstLine
    self.lineCount = lineCount
    self.isUnfinished = isUnfinished
  }

  /// The place of the next line in ``bytes``, without its newline; nil at the end.
  public mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes.span.newline(from: start) ?? bytes.count
    position = end + 1
    return start..<end
  }
}
