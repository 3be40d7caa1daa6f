public import IndexModel
import StrictJSON

/// Some records, and what a transform decides about them.
///
/// Records are looked at through ``RecordView``, and decided on by their index. What is edited is
/// seen by the next stage, not by this one; patches of one record add up if they follow each other.
public struct RecordEditor: Sendable {
  // A box: what holds any observer could only be handled by its address.
  private let run: Run
  let batch: RecordBatch
  /// The records, by their indices in the batch.
  let members: ArraySlice<UInt32>
  private(set) var decisions = RecordDecisions()

  init(_ members: ArraySlice<UInt32>, of batch: RecordBatch, _ context: StageContext) {
    run = Run(context)
    self.members = members
    self.batch = batch
  }

  /// The run, and how to bear with places that are only busy.
  public var context: StageContext { run.context }

  /// The indices of the records.
  public var indices: Range<Int> { 0..<members.count }

  /// One record.
  ///
  /// - Parameter index: One of ``indices``.
  public subscript(index: Int) -> RecordView {
    @_lifetime(borrow self)
    get { RecordView(batch.records[place(of: index)], in: batch) }
  }

  /// Whether two records cannot be of the same bytes: a digest or a size differs.
  ///
  /// - Parameters:
  ///   - first: One of ``indices``.
  ///   - second: Another one.
  public func haveDifferentBytes(_ first: Int, _ second: Int) -> Bool {
    let (a, b) = (batch.records[place(of: first)], batch.records[place(of: second)])
    return Duplicate(dropped: a, kept: b, in: batch).isConflict
  }

  /// Says what a person should know, which leaves nothing out.
  public mutating func warn(_ message: String) { decisions.warnings.append(message) }

  /// Leaves a record out.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - reason: Why, for the report and for `why`.
  ///   - place: Where that is decided, such as `pipeline.json:24`.
  public mutating func drop(_ index: Int, because reason: String, at place: String = "") {
    decisions.drop(members[members.startIndex + index], reason, at: place)
  }

  /// Leaves a record out that meets the conditions of a matcher.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - reason: What it meets.
  public mutating func drop(_ index: Int, because reason: MatchReason) {
    drop(index, because: reason.text, at: reason.place)
  }

  /// Puts text where what is known of records can refer to it.
  ///
  /// - Returns: The range that stands for it in an edit.
  public mutating func store(_ text: borrowing Span<UInt8>) -> TextRange {
    let start = batch.text.count + decisions.text.count
    decisions.text.append(contentsOf: text)
    return TextRange(start..<start + text.count)
  }

  /// Says what is known of a record from now on.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - facts: What is known; its texts are those of the record and stored ones.
  public mutating func edit(_ index: Int, _ facts: Facts) {
    decisions.edit(members[members.startIndex + index], facts)
  }

  /// Says what state the project of a record is in; the last word counts.
  ///
  /// - Parameters:
  ///   - status: The state.
  ///   - index: One of ``indices``.
  public mutating func setStatus(_ status: ProjectStatus, ofProjectOf index: Int) {
    var project: [UInt8] = []
    self[index].appendProject(to: &project)
    decisions.statuses.append((project, status))
  }

  /// Changes what is known of a record.
  ///
  /// - Parameters:
  ///   - index: One of ``indices``.
  ///   - patch: The values.
  ///   - overwrites: Whether they beat what is known already.
  public mutating func apply(_ patch: RecordPatch, to index: Int, overwrites: Bool = true) {
    let member = members[members.startIndex + index]
    let facts = decisions.editedFacts(of: member) ?? batch.facts(of: batch.records[Int(member)])
    let base = batch.text.count + decisions.place(of: patch)
    decisions.edit(member, patch.merged(into: facts, textAt: base, overwrites: overwrites))
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

  private final class Run: Sendable {
    let context: StageContext

    init(_ context: StageContext) { self.context = context }
  }

  private func place(of index: Int) -> Int { Int(members[members.startIndex + index]) }
}
