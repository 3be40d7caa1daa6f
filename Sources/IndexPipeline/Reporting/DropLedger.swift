import IndexModel
import StrictJSON

/// Every record that was left out between the sources and the catalog, and why.
public struct DropLedger: Sendable {
  /// One record that was left out.
  public struct Entry: Sendable {
    /// The file name.
    public let filename: String
    /// The number of its source in the pipeline, from 0.
    public let source: Int
    /// The line it was read from, from 1; 0 if it was not read from lines.
    public let line: Int
    /// The stage that left it out.
    public let stage: String
    /// Why.
    public let reason: String
    /// The place in a pipeline file that says so, such as `pipeline.json:24`; empty if there is
    /// none.
    public let place: String
  }

  private struct Row {
    let filename: TextRange
    let nameCount: UInt8
    let line: UInt32
    let source: UInt16
    let stage: UInt16
    let reason: UInt32
  }

  private var text: [UInt8] = []
  private var rows: [Row] = []
  private var stages: [(id: String, place: String)] = []
  private var reasons: [DropReason] = []

  /// Creates a ledger without entries.
  public init() {}

  /// The number of records that were left out.
  public var count: Int { rows.count }

  /// The records that were left out, in the order of the stages.
  public subscript(index: Int) -> Entry {
    let row = rows[index]
    let (stage, reason) = (stages[Int(row.stage)], reasons[Int(row.reason)])
    return Entry(
      filename: String(decoding: text.span[row.filename]),
      source: Int(row.source),
      line: Int(row.line),
      stage: stage.id,
      reason: reason.text,
      place: reason.place.isEmpty ? stage.place : reason.place
    )
  }

  /// The normalized name of the project of a record that was left out.
  func project(of index: Int) -> [UInt8] {
    var name: [UInt8] = []
    let row = rows[index]
    ProjectName.appendNormalized(
      text.span[row.filename].extracting(..<Int(row.nameCount)),
      to: &name
    )
    return name
  }

  /// Adds the records that a stage left out.
  ///
  /// - Returns: How many there are for each reason.
  mutating func add(
    _ drops: [(record: UInt32, reason: Int)],
    _ reasons: [DropReason],
    by stage: String,
    at place: String,
    of batch: borrowing RecordBatch
  ) -> [String: Int] {
    guard !drops.isEmpty else { return [:] }
    if stages.last?.id != stage { stages.append((stage, place)) }
    let base = self.reasons.count
    self.reasons += reasons
    var counts = [Int](repeating: 0, count: reasons.count)
    for drop in drops {
      let record = batch.records[Int(drop.record)]
      let start = text.count
      text.append(contentsOf: batch.text.span[record.filename])
      counts[drop.reason] += 1
      rows.append(
        Row(
          filename: TextRange(start..<text.count),
          nameCount: UInt8(clamping: record.name.name.count),
          line: record.line,
          source: record.source,
          stage: UInt16(clamping: stages.count - 1),
          reason: UInt32(base + drop.reason)
        )
      )
    }
    return Dictionary(zip(reasons.lazy.map(\.text), counts)) { $0 + $1 }
  }
}
