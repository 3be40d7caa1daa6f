import IndexModel
import IndexPipeline
import IndexStages
import StrictJSON
import Testing

@Suite("Lists of names and records")
struct ListReaderTests {
  /// Reads a file that holds `text`.
  private func read(
    _ text: String,
    format: ListFormat = .detect,
    badLines: BadLinePolicy = .fail
  ) async throws -> SourceOutput {
    let folder = try ScratchFolder()
    try folder.write("list", text)
    let source = FileSource(path: "\(folder.path)/list", format: format, badLines: badLines)
    var output = SourceOutput()
    try await source.read(into: &output)
    #expect(output.byteCount == text.utf8.count)
    return output
  }

  /// The records, each as its line and its file name.
  private func records(_ output: SourceOutput) async throws -> [String] {
    let batch = try await batch(output)
    return batch.records.map { "\($0.line) \(String(decoding: batch.text.span[$0.filename]))" }
  }

  private func batch(_ output: SourceOutput) async throws -> RecordBatch {
    var output = output
    return try await output.takeRecords()
  }

  /// The lines left out, each as its number and the code of the mistake.
  private func skipped(_ output: SourceOutput) -> [String] {
    output.skipped.map { "\($0.excerpt.line) \($0.code)" }
  }

  private func failure(
    _ text: String,
    format: ListFormat = .detect,
    badLines: BadLinePolicy = .fail
  ) async -> StageFailure? {
    await #expect(throws: StageFailure.self) {
      try await read(text, format: format, badLines: badLines)
    }
  }

  @Test(
    "Lines end with a line feed, a carriage return before it, or the end of the file",
    arguments: [("\n", "\n"), ("\n", ""), ("\r\n", "\r\n"), ("\r\n", ""), ("\n", "\r\n")]
  )
  func cutsLines(_ first: String, _ last: String) async throws {
    let expected = ["1 a-1.zip", "2 b-1.zip"]
    #expect(try await records(read("a-1.zip\(first)b-1.zip\(last)")) == expected)
    let json = "{\"filename\":\"a-1.zip\"}\(first){\"filename\":\"b-1.zip\"}\(last)"
    #expect(try await records(read(json)) == expected)
  }

  @Test("An empty file has no records")
  func readsEmptyFile() async throws {
    for format in ListFormat.allCases {
      let output = try await read("", format: format)
      #expect(output.recordCount == 0)
      #expect(output.skipped.isEmpty)
    }
  }

  @Test("The first byte says what the lines are, unless the format is given")
  func detectsFormat() async throws {
    let json = #"{"filename":"a-1.zip"}"#
    #expect(try await records(read(json)) == ["1 a-1.zip"])
    #expect(await failure(json, format: .list)?.code == "unsafe-filename")
    #expect(await failure("a-1.zip", format: .jsonl)?.code == "json-syntax")
    // The first line decides for all.
    #expect(await failure("\(json)\na-1.zip\n")?.excerpt?.line == 2)
    #expect(await failure("a-1.zip\n\(json)\n")?.excerpt?.line == 2)
  }

  @Test("Empty lines of names count as lines: they are passed over, or left out and said")
  func countsEmptyLines() async throws {
    let text = "\na-1.zip\n\r\n\nb-1.zip\n\n"
    let output = try await read(text)
    #expect(try await records(output) == ["2 a-1.zip", "5 b-1.zip"])
    #expect(output.skipped.isEmpty)
    let skipping = try await read(text, badLines: .skip)
    #expect(try await records(skipping) == ["2 a-1.zip", "5 b-1.zip"])
    #expect(
      skipped(skipping) == [1, 3, 4, 6].map { "\($0) unsafe-filename" }
    )
  }

  @Test("An empty line of records is a mistake")
  func refusesEmptyRecords() async {
    let failure = await failure("{\"filename\":\"a-1.zip\"}\n\n{\"filename\":\"b-1.zip\"}")
    #expect(failure?.code == "json-syntax")
    #expect(failure?.excerpt?.line == 2)
  }

  @Test("A byte order mark is part of the first line, which it makes a mistake")
  func refusesByteOrderMark() async throws {
    let names = await failure("\u{FEFF}a-1.zip\nb-1.zip\n")
    #expect(names?.code == "unsafe-filename")
    #expect(names?.excerpt?.line == 1)
    let output = try await read("\u{FEFF}a-1.zip\nb-1.zip\n", badLines: .skip)
    #expect(try await records(output) == ["2 b-1.zip"])
    #expect(skipped(output) == ["1 unsafe-filename"])
    let json = await failure("\u{FEFF}{\"filename\":\"a-1.zip\"}", format: .jsonl)
    #expect(json?.message.contains("byte order mark") == true)
  }

  @Test("A list of several megabytes keeps all lines and their numbers, wherever blocks are cut")
  func readsLargeLists() async throws {
    var names: [String] = []
    for number in 0..<50_000 {
      let build = String(repeating: "long-", count: number % 20)
      names.append("a-name-\(build)-\(number)-1.\(number % 977).tar.gz")
    }
    let bad = [0, 15_000, 29_999, 30_000, 49_999]
    for line in bad { names[line] = "../evil-\(line).zip" }
    let text = names.joined(separator: "\n")
    #expect(text.utf8.count > 3 << 20)
    let output = try await read(text, badLines: .skip)
    #expect(skipped(output) == bad.map { "\($0 + 1) unsafe-filename" })
    #expect(
      output.skipped.map { String(decoding: $0.excerpt.text, as: UTF8.self) }
        == bad.map { names[$0] }
    )
    let expected = names.enumerated().filter { !bad.contains($0.offset) }
      .map { "\($0.offset + 1) \($0.element)" }
    #expect(try await records(output) == expected)
  }

  @Test("Records of several megabytes keep their facts across blocks")
  func readsLargeRecords() async throws {
    let summary = String(repeating: "s", count: 300)
    let lines = (0..<9000).map {
      "{\"filename\":\"p-\($0).zip\",\"size\":\($0),\"summary\":\"\(summary)\($0)\"}\r\n"
    }
    let output = try await read(lines.joined())
    let batch = try await batch(output)
    #expect(batch.records.count == 9000)
    for (index, record) in batch.records.enumerated() {
      let facts = batch.facts(of: record)
      #expect(record.line == UInt32(index + 1))
      #expect(facts.size == Int64(index))
      let isWhole = String(decoding: batch.text.span[facts.summary]) == "\(summary)\(index)"
      #expect(isWhole)
    }
  }

  @Test("A line longer than a block is read whole, one above the limit is a mistake")
  func readsLongLines() async throws {
    func line(_ count: Int) -> String {
      "{\"filename\":\"a-1.zip\",\"summary\":\"\(String(repeating: "x", count: count))\"}\n"
    }
    let next = "{\"filename\":\"b-1.zip\"}\n"
    let output = try await read(next + line(3 << 20) + next)
    #expect(try await records(output) == ["1 b-1.zip", "2 a-1.zip", "3 b-1.zip"])
    let skipping = try await read(next + line(17 << 20) + next, badLines: .skip)
    #expect(try await records(skipping) == ["1 b-1.zip", "3 b-1.zip"])
    #expect(skipped(skipping) == ["2 line-too-long"])
    #expect(skipping.skipped.allSatisfy { $0.excerpt.text.count == 400 })
  }

  @Test("The first mistake of a file stops the run, though blocks are parsed at once")
  func stopsAtFirstMistake() async {
    var lines = [String](
      repeating: "a-name-of-some-length-that-fills-blocks-1.0.tar.gz",
      count: 60_000
    )
    lines[50_000] = "second/mistake-1.0.zip"
    lines[25_000] = "first mistake-1.0.zip"
    let failure = await failure(lines.joined(separator: "\n"))
    #expect(failure?.kind == .data)
    #expect(failure?.excerpt?.line == 25_001)
    #expect(failure?.code == "unsafe-filename")
    #expect(failure?.help?.contains("on_error") == true)
  }

  @Test("A policy says which lines may be left out")
  func keepsPolicies() async throws {
    let name = "{\"filename\":\"../a-1.zip\"}\n"
    let key = "{\"filename\":\"a-1.zip\",\"sise\":1}\n"
    let good = "{\"filename\":\"b-1.zip\"}\n"
    #expect(await failure(good + name)?.code == "unsafe-filename")
    #expect(await failure(good + name + key, badLines: .skipFilenames)?.code == "unknown-key")
    let names = try await read(good + name + good, badLines: .skipFilenames)
    #expect(try await records(names) == ["1 b-1.zip", "3 b-1.zip"])
    #expect(skipped(names) == ["2 unsafe-filename"])
    let all = try await read(good + name + key + good, badLines: .skip)
    #expect(try await records(all) == ["1 b-1.zip", "4 b-1.zip"])
    #expect(skipped(all) == ["2 unsafe-filename", "3 unknown-key"])
  }

  @Test("A digest that no installer could use stops the run, or is left out with a warning")
  func warnsOfDigests() async throws {
    let text = "{\"filename\":\"a-1.zip\"}\n{\"filename\":\"b-1.zip\",\"hash\":\"md5=00\"}\n"
    #expect(await failure(text)?.code == "invalid-hash")
    for policy in [BadLinePolicy.skip, .skipFilenames] {
      let output = try await read(text, badLines: policy)
      #expect(try await records(output) == ["1 a-1.zip", "2 b-1.zip"])
      #expect(output.skipped.isEmpty)
      #expect(output.warnings.count == 1)
      #expect(output.warnings.first?.contains("list:2: ") == true)
    }
  }

  @Test("What cannot be read is said, not taken for an empty list")
  func refusesMissingFiles() async throws {
    let folder = try ScratchFolder()
    for path in ["\(folder.path)/none", folder.path, "", "a\0b"] {
      let failure = await #expect(throws: StageFailure.self) {
        var output = SourceOutput()
        try await FileSource(path: path).read(into: &output)
      }
      #expect(failure?.kind == .unavailable)
      #expect(failure?.code == "cannot-read")
    }
  }
}
