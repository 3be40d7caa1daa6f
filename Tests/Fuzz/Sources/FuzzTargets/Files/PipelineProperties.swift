@testable import IndexModel
@testable import IndexPipeline
@testable import IndexStages

/// Whatever is in a pipeline file, it is a pipeline, or a person is told what is wrong and where.
enum PipelineProperties {
  private static let registry: Registry = {
    do { return try Registry.standard() } catch { fatalError("\(error)") }
  }()

  private static let surroundings: Surroundings = {
    let part = Array(#"{"type":"file","path":"a.txt","transforms":[{"type":"normalize"}]}"#.utf8)
    var surroundings = Surroundings(
      variable: { $0.utf8.first == 0x58 ? .missing("not set") : .value([0x76]) },
      file: { _ in .value(Array("line\n".utf8)) },
      part: { $0.utf8.count % 2 == 0 ? .value(part) : .missing("no such file") }
    )
    surroundings.exists = { $0.utf8.count % 3 == 0 }
    surroundings.keepsSettings = true
    return surroundings
  }()

  static func check(_ text: [UInt8]) {
    let check = PipelineFile.check(
      text,
      path: "pipeline.json",
      registry: registry,
      surroundings: surroundings
    )
    require(check.errors.isEmpty == (check.pipeline != nil), "mistakes are not told")
    for diagnostic in check.diagnostics { self.check(diagnostic, text) }
    let failures: Int
    do throws(PipelineFileFailure) {
      _ = try PipelineFile.read(
        text,
        path: "pipeline.json",
        registry: registry,
        surroundings: surroundings,
        now: Timestamp(seconds: 0)
      )
      failures = 0
    } catch {
      failures = error.failures.count
    }
    require(failures == check.errors.count, "a file that is run has other mistakes")
    _ = try? PipelineTestFile.read(text, path: "pipeline.test.json")
  }

  private static func check(_ diagnostic: Diagnostic, _ text: [UInt8]) {
    require((try? Explanation.of(diagnostic.code)) != nil, "\(diagnostic.code) is not explained")
    let shown = DiagnosticPrinter.text(of: diagnostic)
    require(!shown.utf8.contains { $0 < 0x20 && $0 != 0x0A }, "a message has control characters")
    guard let excerpt = diagnostic.excerpt, excerpt.path == "pipeline.json" else { return }
    let lines = text.count { $0 == 0x0A } + 1
    require((1...lines).contains(excerpt.line), "\(excerpt.line) is not a line of the file")
    require(excerpt.range.upperBound <= excerpt.text.count, "a mark is not in its line")
  }
}

/// Conditions, on the first line, and a record, on the second.
enum MatcherProperties {
  static func check(_ text: [UInt8]) {
    let (conditions, line) = text.firstLine
    if let glob = try? Glob(conditions.span) { _ = glob.matches(line.span) }
    guard let json = String(validating: conditions, as: UTF8.self) else { return }
    do {
      let matcher = try Matcher(json: json)
      let setting = RunSetting(now: Timestamp(seconds: 1_700_000_000))
      try matcher.prepare(for: setting, sources: ["alpha", "beta"])
      var batch = RecordBatch()
      var decoder = RecordDecoder()
      try decoder.decode(line: line.span, number: 1, into: &batch)
      let view = RecordView(batch.records[0], in: batch)
      var matching = try matcher.start()
      guard matching.matches(view) else { return }
      require(!matching.reason().text.isEmpty, "a match has no reason")
      var again = try matcher.start()
      require(again.matches(view), "a record is met once only")
    } catch let failure as PipelineFileFailure {
      require(!failure.failures.isEmpty, "a refusal has no reason")
    } catch let failure as StageFailure {
      require(failure.kind != .bug, "\(failure)")
    } catch is RecordProblem {
    } catch {
      fatalError("\(error)")
    }
  }
}
