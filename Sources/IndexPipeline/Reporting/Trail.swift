import IndexModel
import StrictJSON

/// The way of one file name through a run: which records have it, and what each stage did to them.
public struct Trail: Sendable {
  /// A record with the file name.
  public struct Sighting: Sendable {
    /// The number of its source in the pipeline, from 0.
    public let source: Int
    /// The line it was read from, from 1; 0 if it was not read from lines.
    public let line: Int
    /// What is known of it, as JSON on one line.
    public let json: String
    /// The normalized name of its project.
    public let project: String
    /// The version as the file name writes it.
    public let version: String
  }

  /// What is there after a stage.
  public struct Step: Sendable {
    /// `source`, `merge` or `transform`.
    public let kind: String
    /// The name of the stage.
    public let id: String
    /// The number of the source if the stage sees no others.
    public let source: Int?
    /// The records with the file name.
    public let sightings: [Sighting]
  }

  /// The file name.
  public let filename: String
  /// The stages in the order they ran.
  public private(set) var steps: [Step] = []

  /// Begins to follow a file name.
  public init(of filename: String) { self.filename = filename }

  /// Whether a source gave a record with the file name.
  public var isSeen: Bool { steps.contains { !$0.sightings.isEmpty } }

  /// Notes what is there after a stage.
  mutating func note(
    _ kind: String,
    _ id: String,
    source: Int?,
    _ batch: borrowing RecordBatch
  ) {
    let name = Array(filename.utf8)
    var sightings: [Sighting] = []
    for record in batch.records where batch.text.span[record.filename].elementsEqual(name.span) {
      sightings.append(Sighting(record, RecordView(record, in: batch)))
    }
    steps.append(Step(kind: kind, id: id, source: source, sightings: sightings))
  }
}

extension Trail.Sighting {
  fileprivate init(_ record: Record, _ view: borrowing RecordView) {
    var buffer = ByteBuffer()
    view.appendJSON(to: &buffer)
    source = Int(record.source)
    line = Int(record.line)
    let bytes = Array(buffer.span)
    let document = try? JSONDocument(parsing: bytes, maximumDepth: 8)
    json = document?.root.asLine ?? String(decoding: bytes, as: UTF8.self)
    project = view.project
    version = String(decoding: view.version)
  }

  /// What is known of the record, as JSON in which long texts are cut, for people.
  package var shortJSON: String {
    let document = try? JSONDocument(parsing: Array(json.utf8), maximumDepth: 8)
    return document?.root.asLine(textLimit: 200) ?? json
  }

  /// Whether this is the record of another step.
  package func isSame(as other: Trail.Sighting) -> Bool {
    source == other.source && line == other.line
  }
}
