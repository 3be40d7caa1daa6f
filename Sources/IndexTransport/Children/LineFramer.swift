/// Cuts the output of a program into blocks of whole lines.
///
/// Bytes are copied once, if at all: those of a line that a block ends in.
struct LineFramer: ~Copyable {
  /// The bytes of whole lines that are enough for a block.
  static let blockSize = 1 << 18

  /// The number of the first line that is longer than the limit; from it on nothing is framed.
  private(set) var longLine: Int?
  private var bytes: [UInt8] = []
  /// The end of the last whole line in `bytes`.
  private var wholeCount = 0
  private var lineCount = 0
  private var firstLine = 1
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether there is a block to take.
  var hasLines: Bool { lineCount > 0 }
  /// Whether there are bytes of a line without its newline.
  var hasPart: Bool { bytes.count > wholeCount }
  /// Whether a block should be taken before more is read.
  var isFull: Bool { wholeCount >= Self.blockSize }
  /// Whether there ever was one.
  var hasSpoken: Bool { firstLine > 1 || hasLines }
  /// The bytes that were not taken.
  var count: Int { bytes.count }

  /// Reads once from a pipe.
  mutating func read(from pipe: borrowing PipeEnd) throws(IOFailure) -> PipeEnd.Transfer {
    if bytes.isEmpty { bytes.reserveCapacity(2 * Self.blockSize) }
    let start = bytes.count
    let transfer = try pipe.read(into: &bytes, upTo: Self.blockSize)
    findLines(from: start)
    return transfer
  }

  private mutating func findLines(from start: Int) {
    var position = start
    while let newline = bytes.span.newline(from: position) {
      if newline - wholeCount > limit { return refuseLine() }
      lineCount += 1
      wholeCount = newline + 1
      position = wholeCount
    }
    if bytes.count - wholeCount > limit { refuseLine() }
  }

  private mutating func refuseLine() {
    longLine = firstLine + lineCount
    bytes.removeSubrange(wholeCount...)
  }

  /// Takes all whole lines; there must be one.
  mutating func takeLines() -> LineBlock {
    precondition(hasLines, "a block has a line")
    let part = Array(bytes[wholeCount...])
    bytes.removeSubrange(wholeCount...)
    let block = LineBlock(bytes, firstLine: firstLine, lineCount: lineCount)
    firstLine += lineCount
    lineCount = 0
    wholeCount = 0
    bytes = part
    return block
  }

  /// Takes the line without a newline that is left at the end; there must be one.
  mutating func takePart() -> LineBlock {
    precondition(!hasLines && hasPart, "the part of a line comes last")
    defer { bytes = [] }
    return LineBlock(bytes, firstLine: firstLine, lineCount: 1, isUnfinished: true)
  }
}
