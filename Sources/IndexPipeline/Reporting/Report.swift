public import IndexModel
import StrictJSON

/// What a run did.
public struct Report: Sendable {
  /// What one stage did.
  public struct Stage: Sendable {
    /// `source`, `merge`, `transform`, `catalog`, `files`, `render`, `sink` or `hook`.
    public var kind: String
    /// Its name in the pipeline.
    public var id: String
    /// How many records or pages it took.
    public var input = 0
    /// How many it gave on.
    public var output = 0
    /// The bytes read or written.
    public var bytes = 0
    /// What was left out, counted by reason.
    public var dropped: [String: Int] = [:]
    /// Its time in milliseconds.
    public var milliseconds = 0

    /// Creates the account of a stage that did nothing yet.
    public init(kind: String, id: String) {
      self.kind = kind
      self.id = id
    }
  }

  /// What a publication changed at one sink.
  public struct SinkChanges: Sendable, Equatable {
    /// Its name in the pipeline.
    public let id: String
    /// The changes.
    public let changes: Changes
  }

  /// What became of a hook that had something to do.
  public struct HookOutcome: Sendable, Equatable {
    /// Its name in the pipeline.
    public let id: String
    /// How many changes it was told.
    public var changes = 0
    /// Why it failed, if it did.
    public var failure: String?
  }

  /// The stages, in the order they ran.
  public var stages: [Stage] = []
  /// Every line that was left out.
  public var skipped: [SkippedLine] = []
  /// Every record that was left out between the sources and the catalog.
  public internal(set) var drops = DropLedger()
  /// The way of a file name that somebody asks about.
  public var trail: Trail?
  /// File names that were given twice.
  public var duplicates: [Duplicate] = []
  /// The ids of the stages that were not run.
  public var disabled: [String] = []
  /// What a person should know.
  public var warnings: [String] = []
  /// Conditions of matchers that no record met.
  public internal(set) var silentConditions: [SilentCondition] = []
  /// The numbers of projects and distributions in the index.
  public var projectCount = 0
  /// The number of distributions in the index.
  public var distributionCount = 0
  /// What was changed, or would be, at each sink whose pages were compared first.
  public internal(set) var changes: [SinkChanges] = []
  /// What became of each hook that had something to do.
  public internal(set) var hooks: [HookOutcome] = []
  /// Whether sinks were written; not if there was nothing to change.
  public var isPublished = false

  /// Creates the report of a run that did nothing yet.
  public init() {}

  /// The most pages of each kind of change that reports and plans list.
  public static var pageLimit: Int { 10_000 }

  /// The report as JSON, for programs.
  public func json() -> [UInt8] {
    var out = ByteBuffer()
    out.append("{\n  \"version\": 1,\n  \"published\": ")
    out.append(isPublished ? "true" : "false")
    out.append(",\n  \"projects\": ")
    out.append(decimal: projectCount)
    out.append(",\n  \"distributions\": ")
    out.append(decimal: distributionCount)
    out.append(",\n  \"stages\": ")
    out.append(list: stages) { stage, out in append(stage, to: &out) }
    out.append(",\n  \"sinks\": ")
    out.append(list: changes) { sink, out in
      out.append(member: "id", sink.id, isFirst: true)
      sink.changes.appendMembers(to: &out, limit: Self.pageLimit)
    }
    out.append(",\n  \"hooks\": ")
    out.append(list: hooks) { hook, out in
      out.append(member: "id", hook.id, isFirst: true)
      out.append(member: "changes", hook.changes)
      if let failure = hook.failure { out.append(member: "failure", failure) }
    }
    out.append(",\n  \"skipped\": ")
    out.append(list: skipped) { line, out in
      out.append(member: "path", line.excerpt.path, isFirst: true)
      out.append(member: "line", line.excerpt.line)
      out.append(member: "code", line.code)
      out.append(member: "reason", line.reason)
      out.append(member: "text", String(decoding: line.excerpt.text.span))
    }
    out.append(",\n  \"duplicates\": ")
    out.append(list: duplicates) { duplicate, out in
      out.append(member: "filename", duplicate.filename, isFirst: true)
      out.append(member: "dropped_line", duplicate.droppedLine)
      out.append(member: "kept_line", duplicate.keptLine)
      out.append(duplicate.isConflict ? ", \"conflict\": true" : ", \"conflict\": false")
    }
    out.append(",\n  \"disabled\": ")
    out.append(list: disabled) { id, out in out.append(member: "id", id, isFirst: true) }
    out.append(",\n  \"warnings\": ")
    out.append(list: warnings) { warning, out in
      out.append(member: "message", warning, isFirst: true)
    }
    out.append(",\n  \"empty_filters\": ")
    out.append(list: silentConditions) { condition, out in
      out.append(member: "path", condition.path, isFirst: true)
      out.append(member: "line", condition.line)
      out.append(member: "pointer", condition.pointer)
      out.append(member: "message", condition.message)
    }
    out.append("\n}\n")
    return Array(out.span)
  }

  private func append(_ stage: Stage, to out: inout ByteBuffer) {
    out.append(member: "kind", stage.kind, isFirst: true)
    out.append(member: "id", stage.id)
    out.append(member: "in", stage.input)
    out.append(member: "out", stage.output)
    out.append(member: "bytes", stage.bytes)
    out.append(member: "ms", stage.milliseconds)
    out.append(", \"dropped\": {")
    for (index, reason) in stage.dropped.keys.sorted().enumerated() {
      out.append(member: reason, stage.dropped[reason, default: 0], isFirst: index == 0)
    }
    out.append("}")
  }
}

extension ByteBuffer {
  mutating func append<Element>(
    list: [Element],
    _ body: (Element, inout ByteBuffer) -> Void
  ) {
    append("[")
    for (index, element) in list.enumerated() {
      append(index == 0 ? "\n    {" : ",\n    {")
      body(element, &self)
      append("}")
    }
    append(list.isEmpty ? "]" : "\n  ]")
  }

  mutating func append(member key: String, _ value: String, isFirst: Bool = false) {
    if !isFirst { append(", ") }
    append(json: key.utf8Span.span)
    append(": ")
    append(json: value.utf8Span.span)
  }

  mutating func append(member key: String, _ value: Int, isFirst: Bool = false) {
    if !isFirst { append(", ") }
    append(json: key.utf8Span.span)
    append(": ")
    append(decimal: value)
  }
}
extension Report {
  /// How many records each source gave, by its id.
  var sourceCounts: [String: Int] {
    let sources = stages.filter { $0.kind.utf8.elementsEqual("source".utf8) }
    return Dictionary(sources.map { ($0.id, $0.output) }, uniquingKeysWith: { $1 })
  }
}
