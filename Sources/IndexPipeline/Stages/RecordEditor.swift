public import IndexModel
import StrictJSON

/// Some records, and what a transform decides about them.
///
/// Records are looked at through ``RecordView``, and decided on by their index. What is edited is
/// seen by the next stage, not by this one.
public struct RecordEditor: Sendable {
  let batch: RecordBatch
  /// The records, by their indices in the batch.
  let members: ArraySlice<UInt32>
  private(set) var decisions = RecordDecisions()

  init(_ members: ArraySlice<UInt32>, of batch: RecordBatch) {
    self.members = members
    self.batch = batch
  }

  /// The indices of the records.
  public var indices: Range<Int> { 0..<members.count }

  /// One record.
  ///
  /// - Parameter index: One of ``indices``.
  public subscript(index: Int) -> RecordView {
    @_lifetime(borrow self)
    get { RecordView(batch.records[place(of: index)], in: batch) }
  }

  /// Leaves a record out.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - reason: Why, for the report and for `why`.
  public mutating func drop(_ index: Int, because reason: String) {
    decisions.drop(members[members.startIndex + index], reason)
  }

  /// Changes what is known of a record.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - patch: The values.
  ///   - overwrites: Whether they beat what is known already.
  public mutating func apply(_ patch: RecordPatch, to index: Int, overwrites: Bool = true) {
    let facts = batch.facts(of: batch.records[place(of: index)])
    let base = batch.text.count + decisions.text.count
    decisions.text.append(contentsOf: patch.text)
    let changed = patch.merged(into: facts, textAt: base, overwrites: overwrites)
    decisions.edit(members[members.startIndex + index], changed)
  }

  /// Puts what a line says in the place of all that is known of a record, its file name apart.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - json: The record as one line of JSON; what follows from the rest of it may be there too.
  /// - Throws: `RecordProblem` if it is no record, or has another file name.
  public mutating func replace(
    _ index: Int,
    with json: borrowing Span<UInt8>
  ) throws(RecordProblem) {
    let (batch, record) = (self.batch, members[members.startIndex + index])
    try decisions.replace(record, named: batch.text.span[batch.records[Int(record)].filename], json)
  }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - json: The record as one line of JSON.
  ///   - index: The record that it is made of, if there is one: it has its source.
  /// - Throws: `RecordProblem` if it is no record.
  public mutating func insert(
    _ json: borrowing Span<UInt8>,
    like index: Int? = nil
  ) throws(RecordProblem) {
    let source = index.map { batch.records[place(of: $0)].source } ?? 0
    try decisions.insert(json, source: source)
  }

  /// Puts the records into another order.
  ///
  /// - Parameter order: All of ``indices``, each once.
  public mutating func reorder(_ order: [Int]) {
    decisions.order = order.map { members[members.startIndex + $0] }
  }

  private func place(of index: Int) -> Int { Int(members[members.startIndex + index]) }
}
