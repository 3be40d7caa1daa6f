import IndexPipeline

/// A stage under test, and the fields that it asked for when it was made.
protocol StageProbe: Stage {
  associatedtype Subject: Stage
  var subject: Subject { get }
  var asked: [FieldSpec] { get }
}

extension StageProbe {
  static var info: StageInfo { Subject.info }
  var claims: [Claim] { subject.claims }
  func preflight() async throws { try await subject.preflight() }

  /// Makes the subject, and notes what it asks for after the framework has asked.
  static func make(_ settings: inout Settings) -> (Subject, [FieldSpec]) {
    let before = settings.fields.count
    let subject = Subject(from: &settings)
    return (subject, Array(settings.fields[before...]))
  }
}

struct SourceProbe<Subject: Source>: Source, StageProbe {
  let subject: Subject
  let asked: [FieldSpec]
  var place: String { subject.place }

  init(from settings: inout Settings) { (subject, asked) = Self.make(&settings) }

  func read(into output: inout SourceOutput) async throws { try await subject.read(into: &output) }
}

struct TransformProbe<Subject: Transform>: Transform, StageProbe {
  static var scope: TransformScope { Subject.scope }
  let subject: Subject
  let asked: [FieldSpec]

  init(from settings: inout Settings) { (subject, asked) = Self.make(&settings) }

  func apply(to records: inout RecordEditor) async throws {
    try await subject.apply(to: &records)
  }
}

struct SinkProbe<Subject: Sink>: Sink, StageProbe {
  let subject: Subject
  let asked: [FieldSpec]

  init(from settings: inout Settings) { (subject, asked) = Self.make(&settings) }

  func inventory() async throws -> Inventory { try await subject.inventory() }

  func begin(_ publication: Publication) async throws -> any SinkSession {
    try await subject.begin(publication)
  }
}

struct HookProbe<Subject: Hook>: Hook, StageProbe {
  let subject: Subject
  let asked: [FieldSpec]

  init(from settings: inout Settings) { (subject, asked) = Self.make(&settings) }

  func prepare(_ changes: PublishedChanges) async { await subject.prepare(changes) }

  func run(after changes: PublishedChanges) async throws -> Int {
    try await subject.run(after: changes)
  }
}
