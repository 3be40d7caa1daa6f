import IndexModel
import IndexPipeline
import IndexRendering
import IndexTesting
import StrictJSON
import Testing

/// A transform that a test describes by a function.
private struct TestTransform: Transform {
  static let info = StageInfo(type: "test", summary: "Does what a test says.", example: "{}")
  static var scope: TransformScope { .record }
  let body: @Sendable (inout RecordEditor) throws -> Void

  init(_ body: @escaping @Sendable (inout RecordEditor) throws -> Void) { self.body = body }
  init(from settings: inout Settings) { body = { _ in } }

  func apply(to records: inout RecordEditor) async throws { try body(&records) }
}

/// Keeps the last file of each project.
private struct LastOfProject: Transform {
  static let info = StageInfo(type: "last", summary: "Keeps the last file.", example: "{}")
  static var scope: TransformScope { .project }

  init() {}
  init(from settings: inout Settings) {}

  func apply(to records: inout RecordEditor) async throws {
    for index in records.indices.dropLast() { records.drop(index, because: "not the last") }
  }
}

/// Turns the order of all records around, and drops the first.
private struct Turn: Transform {
  static let info = StageInfo(type: "turn", summary: "Turns around.", example: "{}")
  static var scope: TransformScope { .index }

  init() {}
  init(from settings: inout Settings) {}

  func apply(to records: inout RecordEditor) async throws {
    records.reorder(records.indices.reversed())
    if !records.indices.isEmpty { records.drop(0, because: "first") }
  }
}

@Suite("Transforms")
struct TransformTests {
  private func run(
    _ sources: [[String]],
    _ transforms: [any Transform]
  ) async throws -> (catalog: [String], report: Report) {
    var pipeline = Pipeline.make(sources, [])
    pipeline.transforms = transforms.enumerated().map { Pipeline.TransformStep("t\($0)", $1) }
    var report = Report()
    let catalog = try await pipeline.catalog(into: &report, SilentObserver())
    return (catalog.lines, report)
  }

  @Test("A dropped record is gone, counted, and in the ledger with its reason")
  func drops() async throws {
    let dropsZips = TestTransform { records in
      for index in records.indices where records[index].filenameText.hasSuffix(".zip") {
        records.drop(index, because: "no zip")
      }
    }
    let (lines, report) = try await run([["a-1.zip", "a-1.tar.gz", "b-1.zip"]], [dropsZips])
    #expect(lines == [#"{"filename":"a-1.tar.gz"}"#])
    let stage = try #require(report.stages.first { $0.kind == "transform" })
    #expect(stage.id == "t0" && stage.input == 3 && stage.output == 1)
    #expect(stage.dropped == ["no zip": 2])
    #expect(report.drops.count == 2)
    #expect((0..<2).map { report.drops[$0].filename } == ["a-1.zip", "b-1.zip"])
    #expect(report.drops[1].stage == "t0" && report.drops[1].reason == "no zip")
    #expect(report.drops[1].line == 3)
  }

  @Test("Edits of many shares keep every text")
  func edits() async throws {
    let names = (0..<40_000).map { "p\($0)-1.zip" }
    let patches = try (0..<7).map { number in
      try RecordPatch(
        json: #"{"requires_python":">=3.\#(number)","yanked":"\#(number)"}"#.utf8Span.span
      )
    }
    let edit = TestTransform { records in
      for index in records.indices {
        records.apply(patches[records[index].filename.count % 7], to: index)
      }
    }
    let (lines, _) = try await run([names], [edit, edit])
    #expect(lines.count == names.count)
    for line in lines {
      let name = line.split(separator: "\"")[3]
      let number = name.utf8.count % 7
      #expect(
        line == #"{"filename":"\#(name)","requires_python":">=3.\#(number)","yanked":"\#(number)"}"#
      )
    }
  }

  @Test("A patch that does not overwrite leaves what is known")
  func fillsIn() async throws {
    let patch = try RecordPatch(json: #"{"size":1,"summary":"s"}"#.utf8Span.span)
    let fill = TestTransform { records in
      for index in records.indices { records.apply(patch, to: index, overwrites: false) }
    }
    let (lines, _) = try await run([[#"{"filename":"a-1.zip","size":7}"#]], [fill])
    #expect(lines == [#"{"filename":"a-1.zip","size":7,"summary":"s"}"#])
  }

  @Test("A transform of projects sees each project once and whole")
  func seesProjects() async throws {
    let (lines, report) = try await run(
      [["a-1.zip", "b-1.zip", "A-2.zip", "a-3.zip", "b-2.zip"]],
      [LastOfProject()]
    )
    #expect(lines == [#"{"filename":"a-3.zip"}"#, #"{"filename":"b-2.zip"}"#])
    #expect(report.drops.count == 3)
  }

  @Test("A transform of the index can put records into another order")
  func reorders() async throws {
    let keepsFirstTwo = TestTransform { records in
      for index in records.indices.dropFirst(2) { records.drop(index, because: "rest") }
    }
    let (lines, _) = try await run(
      [["a-1.zip", "b-1.zip", "c-1.zip", "d-1.zip"]],
      [
        Turn(), keepsFirstTwo,
      ]
    )
    #expect(lines == [#"{"filename":"c-1.zip"}"#, #"{"filename":"d-1.zip"}"#])
  }

  @Test("A record that is replaced has nothing left of what was known")
  func replaces() async throws {
    let replace = TestTransform { records in
      for index in records.indices {
        let name = records[index].filenameText
        let json = #"{"filename":"\#(name)","summary":"\#(name)","project":"x"}"#
        try records.replace(index, with: json.utf8Span.span)
      }
    }
    let names = (0..<20_000).map { #"{"filename":"p\#($0)-1.zip","size":7}"# }
    let (lines, _) = try await run([names], [replace, replace])
    #expect(lines.count == names.count)
    for line in lines {
      let name = line.split(separator: "\"")[3]
      #expect(line == #"{"filename":"\#(name)","summary":"\#(name)"}"#)
    }
    let rename = TestTransform { records in
      try records.replace(0, with: #"{"filename":"b-1.zip"}"#.utf8Span.span)
    }
    await #expect(throws: RecordProblem.self) { try await run([["a-1.zip"]], [rename]) }
  }

  @Test("A record that a transform adds is there")
  func inserts() async throws {
    let insert = TestTransform { records in
      try records.insert(#"{"filename":"z-1.zip","size":3}"#.utf8Span.span, like: 0)
    }
    let (lines, _) = try await run([["a-1.zip"]], [insert])
    #expect(lines == [#"{"filename":"a-1.zip"}"#, #"{"filename":"z-1.zip","size":3}"#])
  }
}

@Suite("The merge of sources")
struct MergeTests {
  private let sources = [
    ["foo-1.zip", "bar-1.zip"], ["Foo-2.zip", "baz-1.zip", "foo-1.zip"],
    ["baz-2.zip", "qux-1.zip"],
  ]

  private func run(_ merge: Merge) async throws -> (names: [String], report: Report) {
    var pipeline = Pipeline.make(sources, [])
    pipeline.merge = merge
    var report = Report()
    let catalog = try await pipeline.catalog(into: &report, SilentObserver())
    return (catalog.lines.map { String($0.split(separator: "\"")[3]) }, report)
  }

  @Test("A project comes whole from the first source that has it")
  func prefersFirstSource() async throws {
    let (names, report) = try await run(Merge())
    #expect(names == ["bar-1.zip", "baz-1.zip", "foo-1.zip", "qux-1.zip"])
    #expect(
      (0..<report.drops.count).map { "\(report.drops[$0].filename): \(report.drops[$0].reason)" }
        == [
          "baz-2.zip: source \"source-1\" has this project",
          "Foo-2.zip: source \"source-0\" has this project",
          "foo-1.zip: source \"source-0\" has this project",
        ]
    )
  }

  @Test("The order of the sources can be given")
  func ordersSources() async throws {
    var merge = Merge()
    merge.order = [2, 1]
    #expect(
      try await run(merge).names
        == ["bar-1.zip", "baz-2.zip", "foo-1.zip", "Foo-2.zip", "qux-1.zip"]
    )
  }

  @Test("A union keeps the files of all, and of one name the first")
  func unites() async throws {
    var merge = Merge()
    merge.policy = .unionFiles
    let (names, report) = try await run(merge)
    #expect(
      names
        == ["bar-1.zip", "baz-1.zip", "baz-2.zip", "foo-1.zip", "Foo-2.zip", "qux-1.zip"]
    )
    #expect(report.drops.count == 1)
    #expect(report.drops[0].reason == "source \"source-0\" has this file")
  }

  @Test("A union of different bytes under one name is refused")
  func refusesConflicts() async throws {
    var pipeline = Pipeline.make(
      [[#"{"filename":"a-1.zip","size":1}"#], [#"{"filename":"a-1.zip","size":2}"#]],
      []
    )
    pipeline.merge.policy = .unionFiles
    let refused = pipeline
    var report = Report()
    let failure = await #expect(throws: StageFailure.self) {
      try await refused.catalog(into: &report, SilentObserver())
    }
    #expect(failure?.code == "conflicting-duplicate")
  }
}

extension Catalog {
  /// The records as lines of JSON, without newlines.
  fileprivate var lines: [String] {
    distributions.map { distribution in
      var buffer = ByteBuffer()
      RecordEncoder.append(
        filename: text.span[distribution.filename],
        facts: facts(of: distribution),
        text: text.span,
        to: &buffer
      )
      return String(decoding: buffer.span.extracting(..<(buffer.count - 1)))
    }
  }
}
