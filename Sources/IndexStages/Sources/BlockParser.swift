import IndexModel
import IndexPipeline
import IndexRendering
import StrictJSON

/// A line of a block that is no record.
struct BadLine: Sendable {
  /// The line within its block, from 1.
  let line: Int
  /// The bytes of the line, its first ones if there are many.
  let text: [UInt8]
  let problem: RecordProblem
}

/// What a block of lines holds.
struct ParsedBlock: Sendable {
  var batch = RecordBatch()
  var problems: [BadLine] = []
  var linesWithBadDigests: [Int] = []
  var lineCount = 0
  /// What tells its bytes from others, if anybody has to know.
  var digest: PageDigest?
}

/// Parses a block of whole lines.
struct BlockParser: Sendable {
  /// The bytes of a bad line that are kept to show it.
  private static var excerptLength: Int { 400 }

  let format: ListFormat
  let badLines: BadLinePolicy

  func parse(_ text: borrowing Span<UInt8>) -> ParsedBlock {
    var parsed = ParsedBlock()
    var decoder = makeDecoder()
    var start = 0
    while start < text.count {
      let newline = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      var end = newline
      if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      parsed.lineCount += 1
      parse(text.extracting(start..<end), with: &decoder, into: &parsed)
      start = newline + 1
    }
    parsed.linesWithBadDigests = decoder.linesWithBadDigests
    return parsed
  }

  /// Parses one line more, which is counted already.
  func parse(line: borrowing Span<UInt8>, into parsed: inout ParsedBlock) {
    var decoder = makeDecoder()
    parse(line, with: &decoder, into: &parsed)
    parsed.linesWithBadDigests += decoder.linesWithBadDigests
  }

  private func makeDecoder() -> RecordDecoder {
    var decoder = RecordDecoder()
    decoder.omitsBadDigests = badLines != .fail
    return decoder
  }

  private func parse(
    _ line: borrowing Span<UInt8>,
    with decoder: inout RecordDecoder,
    into parsed: inout ParsedBlock
  ) {
    do throws(RecordProblem) {
      if format == .jsonl {
        try decoder.decode(line: line, number: parsed.lineCount, into: &parsed.batch)
      } else {
        try append(filename: line, into: &parsed)
      }
    } catch {
      if line.isEmpty && format == .list && badLines == .fail { return }
      let text = Array(line.extracting(..<min(line.count, Self.excerptLength)))
      parsed.problems.append(BadLine(line: parsed.lineCount, text: text, problem: error))
    }
  }

  private func append(
    filename: borrowing Span<UInt8>,
    into parsed: inout ParsedBlock
  ) throws(RecordProblem) {
    do {
      try parsed.batch.append(filename: filename, line: parsed.lineCount)
    } catch {
      throw RecordProblem(error, at: 0..<filename.count)
    }
  }
}
