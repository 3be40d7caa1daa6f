import IndexPipeline
import StrictJSON

/// Reads a stage of one type out of pipeline files, as a run does.
struct SettingsBench {
  /// What came of reading.
  enum Outcome {
    case read(any StageProbe)
    case refused([StageFailure])
  }

  let kind: StageKind
  let entry: Registry.Entry
  private let registry: Registry

  init<Subject: Source>(source: Subject.Type) throws(StageFailure) {
    try self.init(.source) { registry throws(StageFailure) in
      try registry.add(SourceProbe<Subject>.self)
    }
  }

  init<Subject: Transform>(transform: Subject.Type) throws(StageFailure) {
    try self.init(.transform) { registry throws(StageFailure) in
      try registry.add(TransformProbe<Subject>.self)
    }
  }

  init<Subject: Sink>(sink: Subject.Type) throws(StageFailure) {
    try self.init(.sink) { registry throws(StageFailure) in
      try registry.add(SinkProbe<Subject>.self)
    }
  }

  init<Subject: Hook>(hook: Subject.Type) throws(StageFailure) {
    try self.init(.hook) { registry throws(StageFailure) in
      try registry.add(HookProbe<Subject>.self)
    }
  }

  private init(
    _ kind: StageKind,
    _ add: (inout Registry) throws(StageFailure) -> Void
  ) throws(StageFailure) {
    var registry = Registry()
    try add(&registry)
    entry = registry.entries[0]
    self.kind = kind
    try registry.add(BenchSource.self)
    try registry.add(BenchSink.self)
    self.registry = registry
  }

  /// The pointer of the stage in the files that it is read from.
  var pointer: String { "/\(kind.field)/0" }

  /// Makes the stage of an object, which must be right.
  ///
  /// - Throws: `KitFailure` with what is wrong with it.
  func make<Subject: Stage>(_ type: Subject.Type, from json: String) throws(KitFailure) -> Subject {
    var findings = Findings(kind, entry.info)
    if case .object(let members) = JSONText(parsing: json) {
      switch read(members) {
      case .read(let probe):
        if let subject = probe.subject as? Subject { return subject }
        findings.add("its object makes another stage")
      case .refused(let failures): findings.add("its object is refused: \(failures.words)")
      }
    } else {
      findings.add("what it is to be made of is no JSON object: \(json)")
    }
    throw findings.failure
  }

  /// Reads the stage of an object with these members.
  func read(_ members: [(key: String, value: JSONText)]) -> Outcome {
    let stage = JSONText.object(members)
    let source = JSONText.object([("type", .string(BenchSource.info.type))])
    let sink = JSONText.object([("type", .string(BenchSink.info.type))])
    let file = JSONText.object([
      ("version", .literal("1")),
      ("sources", .array([kind == .source ? stage : source])),
      ("transforms", .array(kind == .transform ? [stage] : [])),
      ("render", .object([])),
      ("sinks", .array([kind == .sink ? stage : sink])),
      ("after_publish", .array(kind == .hook ? [stage] : [])),
    ])
    do throws(PipelineFileFailure) {
      let pipeline = try PipelineFile.read(
        file.file,
        path: "kit.json",
        registry: registry,
        now: nil
      )
      let read: (any Stage)? =
        switch kind {
        case .source: pipeline.sources.first?.source
        case .transform: pipeline.transforms.first?.transform
        case .sink: pipeline.sinks.first?.sink
        case .hook: pipeline.hooks.first?.hook
        }
      return (read as? any StageProbe).map { .read($0) } ?? .refused([])
    } catch {
      return .refused(error.failures)
    }
  }
}

/// The source of a pipeline in which something else is looked at.
private struct BenchSource: Source {
  static let info = StageInfo(type: "kit-bench", summary: "Has no records.", example: "{}")
  var place: String { "-" }

  init(from settings: inout Settings) {}

  func read(into output: inout SourceOutput) async throws {}
}

/// The sink of a pipeline in which something else is looked at.
private struct BenchSink: Sink {
  static let info = StageInfo(type: "kit-bench", summary: "Forgets all pages.", example: "{}")

  init(from settings: inout Settings) {}

  func begin(_ publication: Publication) async throws -> any SinkSession {
    throw StageFailure(.bug, code: "kit-bench", "the pipeline of a bench is not run")
  }
}
