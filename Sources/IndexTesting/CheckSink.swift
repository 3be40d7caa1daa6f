public import IndexPipeline
import IndexRendering

/// Checks that a sink keeps the contract of ``Sink``.
///
/// It publishes several small indexes, one after the other, and fails some of them.
///
/// - Parameters:
///   - sink: The sink, whose place is empty.
///   - keepsPages: Whether it can leave pages as they are that are not written anew, as
///     ``Publication/Unwritten/kept(except:)`` asks.
///   - published: The pages that a reader of the index sees just now, by their paths.
/// - Throws: `KitFailure` with all that was found.
public func checkSink<Subject: Sink>(
  _ sink: Subject,
  keepsPages: Bool = true,
  published: @escaping @Sendable () throws -> [String: [UInt8]]
) async throws {
  let findings = OptionsSuite.check(try SettingsBench(sink: Subject.self))
  var suite = SinkSuite(sink: sink, published: published, findings: findings)
  do {
    try await suite.run(keepsPages: keepsPages)
  } catch {
    suite.findings.add("publishing fails: \(message(of: error))")
  }
  try suite.findings.finish()
}

/// Checks that a sink keeps the contract of ``Sink``.
///
/// - Parameters:
///   - type: The type of the sink.
///   - json: Its object in a pipeline file.
///   - keepsPages: Whether it can leave pages as they are that are not written anew.
///   - published: The pages that a reader of the index sees just now, by their paths.
/// - Throws: `KitFailure` with all that was found.
public func checkSink<Subject: Sink>(
  _ type: Subject.Type,
  from json: String,
  keepsPages: Bool = true,
  published: @escaping @Sendable () throws -> [String: [UInt8]]
) async throws {
  let sink = try SettingsBench(sink: type).make(type, from: json)
  try await checkSink(sink, keepsPages: keepsPages, published: published)
}

/// Checks what a sink says of its fields, without publishing.
///
/// - Throws: `KitFailure` with all that was found.
public func checkOptions<Subject: Sink>(ofSink type: Subject.Type) throws {
  try OptionsSuite.check(try SettingsBench(sink: type)).finish()
}

/// The publications that a sink goes through.
private struct SinkSuite {
  let sink: any Sink
  let published: @Sendable () throws -> [String: [UInt8]]
  var findings: Findings

  mutating func run(keepsPages: Bool) async throws {
    let empty = try published()
    let first = try await publish(KitRecords.first)
    expect(first, "after the first publication")
    // Until it commits, readers see the index of before.
    let view = LookingSink(published)
    let second = try await publish(KitRecords.second, before: view)
    if let seen = try view.seen() {
      findings.add(contentsOf: difference(first, seen), "before it commits")
    }
    expect(second, "after a second publication")
    try await failSomewhere(second)
    _ = try await publish(KitRecords.second)
    expect(second, "after the same index was published again")
    try await cancel(second, first)
    if keepsPages {
      try await publish(KitRecords.first, since: KitRecords.second)
      expect(first, "after only the pages that changed were published")
    }
    let strange = Set(try published().keys).subtracting(first.keys).subtracting(second.keys)
      .subtracting(empty.keys)
    if let page = strange.min() { findings.add("it publishes \(page), which nobody made") }
  }

  /// Stops publications at their writes and at the switch: nothing of them may stay.
  private mutating func failSomewhere(_ old: [String: [UInt8]]) async throws {
    let failures = (0..<4).map { MemorySink(failing: .write, after: $0) }
    for failing in failures + [MemorySink(failing: .begin), MemorySink(failing: .commit)] {
      // The one that fails at the switch comes first: those after it have written all their pages.
      let pipeline = pipeline(KitRecords.first, [failing, sink])
      var report = Report()
      do {
        try await pipeline.run(report: &report)
      } catch let failure as StageFailure where failure.code == MemorySink.failure.code {
        expect(old, "after a publication that failed and was abandoned")
      }
    }
  }

  /// Cancels a publication as soon as it begins: the old index stays, or the new one is there.
  private mutating func cancel(_ old: [String: [UInt8]], _ new: [String: [UInt8]]) async throws {
    let pipeline = pipeline(KitRecords.first, [sink])
    let isPrompt = await endsPromptly {
      var report = Report()
      try await pipeline.run(report: &report)
    }
    findings.expect(
      isPrompt,
      "a publication does not end within five seconds after it was cancelled"
    )
    let seen = try published()
    findings.expect(
      difference(old, seen).isEmpty || difference(new, seen).isEmpty,
      "after a publication that was cancelled, readers see neither the old nor the new index"
    )
    try await publish(KitRecords.second)
  }

  /// Publishes an index.
  ///
  /// - Returns: The pages that it is made of.
  @discardableResult
  private func publish(
    _ lines: [String],
    since previous: [String]? = nil,
    before other: (any Sink)? = nil
  ) async throws -> [String: [UInt8]] {
    let memory = MemorySink()
    var pipeline = pipeline(lines, (other.map { [$0] } ?? []) + [memory, sink])
    pipeline.previous = previous.map { MemorySource($0) }
    var report = Report()
    try await pipeline.run(report: &report)
    return memory.pages
  }

  private func pipeline(_ lines: [String], _ sinks: [any Sink]) -> Pipeline {
    Pipeline(
      sources: [Pipeline.SourceStep("kit", MemorySource(lines))],
      render: RenderOptions(),
      sinks: sinks.enumerated().map { Pipeline.SinkStep("sink-\($0)", $1) }
    )
  }

  private mutating func expect(_ pages: [String: [UInt8]], _ moment: String) {
    do {
      findings.add(contentsOf: difference(pages, try published()), moment)
    } catch {
      findings.add("its pages cannot be read \(moment): \(error)")
    }
  }

  /// What a reader sees that is not as it should be.
  private func difference(_ pages: [String: [UInt8]], _ seen: [String: [UInt8]]) -> [String] {
    // Only whoever publishes the whole index can say what all of it is.
    let pages = pages.filter { $0.key != Manifest.path }
    let lost = pages.keys.filter { seen[$0] == nil }.sorted().prefix(1).map { "\($0) is missing" }
    let wrong = pages.keys.filter { path in seen[path].map { $0 != pages[path] } ?? false }
    let left = seen.keys.filter { path in
      pages[path] == nil && ["kit-c", "kit-d"].contains { path.contains("/\($0)/") }
    }
    return lost + wrong.sorted().prefix(1).map { "\($0) has other bytes" }
      + left.sorted().prefix(1).map { "\($0) is still there" }
  }
}

extension Findings {
  fileprivate mutating func add(contentsOf differences: [String], _ moment: String) {
    for difference in differences { add("\(difference) \(moment)") }
  }
}
