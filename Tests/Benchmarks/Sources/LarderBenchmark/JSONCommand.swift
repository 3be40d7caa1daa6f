import ArgumentParser
import Glibc
import IndexModel
import StrictJSON

/// Reads JSON lines from standard input and times two ways of reading them again from memory.
struct JSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json",
    abstract: "Time the JSON cursor and the record decoder over the lines on standard input."
  )

  @Option(help: "How often each way is timed.")
  var passes = 5

  func run() throws {
    let lines = JSONLines.fromStandardInput()
    var walks: [Double] = []
    var decodes: [Double] = []
    for _ in 0..<passes {
      walks.append(try cpuMilliseconds(for: lines.count) { try lines.walk() })
      decodes.append(try cpuMilliseconds(for: lines.count) { try lines.decode() })
    }
    print(
      """
      {"bytes": \(lines.text.count), "lines": \(lines.count), \
      "walk_ms": \(walks), "decode_ms": \(decodes)}
      """
    )
  }

  /// The processor time of `body`, which has one thread and must meet every line.
  private func cpuMilliseconds(for lines: Int, _ body: () throws -> Int) throws -> Double {
    let start = clock()
    let read = try body()
    let passed = clock() - start
    guard read == lines else { throw ValidationError("read \(read) of \(lines) lines") }
    return Double(passed) * 1000 / Double(CLOCKS_PER_SEC)
  }
}

/// JSON lines in memory.
private struct JSONLines {
  var text: [UInt8] = []
  var count = 0

  static func fromStandardInput() -> JSONLines {
    var lines = JSONLines()
    while let line = readLine(strippingNewline: false) {
      lines.text.append(contentsOf: line.utf8)
      lines.count += 1
    }
    if let last = lines.text.last, last != UInt8(ascii: "\n") {
      lines.text.append(UInt8(ascii: "\n"))
    }
    return lines
  }

  /// Walks over every member of every line.
  ///
  /// - Returns: The number of lines.
  func walk() throws -> Int {
    let text = self.text.span
    try JSONCursor.validateUTF8(text)
    var lines = 0
    var start = 0
    while let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
      var cursor = JSONCursor(text.extracting(start..<end))
      try cursor.beginObject()
      while try cursor.nextKey() != nil {
        try cursor.skipValue()
      }
      try cursor.finish()
      lines += 1
      start = end + 1
    }
    return lines
  }

  /// Decodes every line into a record, in batches of about a megabyte as sources do.
  ///
  /// - Returns: The number of lines, also of those whose file name cannot be in an index.
  func decode() throws -> Int {
    let text = self.text.span
    var lines = 0
    var start = 0
    while start < text.count {
      var decoder = RecordDecoder()
      decoder.omitsBadDigests = true
      var batch = RecordBatch()
      let blockEnd = start + (1 << 20)
      while start < blockEnd, let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
        try decode(text.extracting(start..<end), with: &decoder, into: &batch)
        lines += 1
        start = end + 1
      }
    }
    return lines
  }

  /// Decodes one line; a file name that cannot be in an index costs what others do.
  private func decode(
    _ line: borrowing Span<UInt8>,
    with decoder: inout RecordDecoder,
    into batch: inout RecordBatch
  ) throws(RecordProblem) {
    do throws(RecordProblem) {
      try decoder.decode(line: line, number: 1, into: &batch)
    } catch {
      guard error.isFilename else { throw error }
    }
  }
}
