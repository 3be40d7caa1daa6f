import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// How the lines of a list are written.
public enum ListFormat: String, Sendable, CaseIterable {
  /// One file name a line.
  case list
  /// One record in JSON a line.
  case jsonl
  /// `jsonl` if the first byte is `{`, which no file name begins with, else `list`.
  case detect
}

/// Reads a list block by block, and parses the blocks on all cores.
struct ListReader {
  /// How many blocks are parsed or wait for their turn: more would only take memory.
  private static let blocksAtOnce = 4

  let place: String
  /// What messages call the source, such as `source "list" (file)`.
  let title: String
  let format: ListFormat
  let badLines: BadLinePolicy

  /// Reads all lines in their order.
  func read(_ file: consuming InputFile, into output: inout SourceOutput) async throws {
    var blocks = BlockReader(file)
    var format = format
    var merged = (output: output, line: 0)
    try await withThrowingTaskGroup(of: (Int, ParsedBlock).self) { group in
      var (started, finished) = (0, 0)
      var waiting: [Int: ParsedBlock] = [:]
      while let block = try blocks.next() {
        // A byte order mark is the first byte of JSON only: there it has a message of its own.
        if format == .detect {
          format =
            block.first == UInt8(ascii: "{") || block.starts(with: [0xEF, 0xBB, 0xBF, 0x7B])
            ? .jsonl : .list
        }
        let parser = BlockParser(format: format, badLines: badLines)
        let number = started
        started += 1
        group.addTask {
          var parsed = parser.parse(block.span)
          parsed.digest = PageDigest(ofLines: block.span)
          return (number, parsed)
        }
        while started - finished - waiting.count >= Self.blocksAtOnce,
          let (number, parsed) = try await group.next()
        {
          waiting[number] = parsed
          try merge(&waiting, &finished, into: &merged)
        }
      }
      for try await (number, parsed) in group {
        waiting[number] = parsed
        try merge(&waiting, &finished, into: &merged)
      }
    }
    output = merged.output
    output.byteCount += blocks.byteCount
  }

  /// Adds the blocks whose turn it is.
  private func merge(
    _ waiting: inout [Int: ParsedBlock],
    _ finished: inout Int,
    into merged: inout (output: SourceOutput, line: Int)
  ) throws {
    while let block = waiting.removeValue(forKey: finished) {
      finished += 1
      for problem in block.problems {
        try merged.output.handle(problem, at: place, afterLine: merged.line, badLines, title: title)
      }
      for line in block.linesWithBadDigests {
        merged.output.warn(
          "\(place):\(line + merged.line): a digest that no installer could use was left out"
        )
      }
      merged.output.append(part: block.batch, afterLine: merged.line, from: block.digest)
      merged.line += block.lineCount
    }
  }
}

/// Cuts a file into blocks of whole lines.
private struct BlockReader: ~Copyable {
  /// The bytes of a block, unless a line is longer.
  private static let blockSize = 1 << 20

  private let file: InputFile
  private var rest: [UInt8] = []
  private var isAtEnd = false
  private(set) var byteCount = 0

  init(_ file: consuming InputFile) { self.file = file }

  /// The next block, or `nil` at the end.
  mutating func next() throws -> [UInt8]? {
    var block = rest
    rest = []
    var searched = 0
    while !isAtEnd {
      // A pipe or a terminal can keep still for ever.
      while !file.isReadable(within: 100) { try Task.checkCancellation() }
      let count = try file.read(into: &block, upTo: Self.blockSize)
      byteCount += count
      if count == 0 {
        isAtEnd = true
        break
      }
      if block.count < Self.blockSize { continue }
      if let newline = block[searched...].lastIndex(of: UInt8(ascii: "\n")) {
        rest = Array(block[(newline + 1)...])
        block.removeSubrange((newline + 1)...)
        return block
      }
      searched = block.count
    }
    return block.isEmpty ? nil : block
  }
}
