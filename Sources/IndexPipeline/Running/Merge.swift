import IndexModel
import StrictJSON

/// How records of several sources become one index.
public struct Merge: Sendable {
  /// Which source gives the files of a project that several have.
  public enum Policy: String, Sendable, CaseIterable {
    /// The first that has the project gives all of it: nobody can slip a file under the name of
    /// another's project.
    case firstSource = "first-source"
    /// All that have the project; of one file name, the first.
    case unionFiles = "union-files"
  }

  /// Projects for which another policy holds.
  public struct Exception: Sendable {
    /// Which projects.
    public let projects: Matcher
    /// Their policy.
    public let policy: Policy
    /// Why it is safe.
    public let reason: String

    /// Creates an exception; see the properties for what its parts are.
    public init(_ projects: Matcher, _ policy: Policy, reason: String) {
      self.projects = projects
      self.policy = policy
      self.reason = reason
    }
  }

  /// The policy of all projects without an exception.
  public var policy = Policy.firstSource
  /// The numbers of the sources, the first first; in the order of the file if it is empty.
  public var order: [Int] = []
  /// Projects for which another policy holds; the first that names a project counts.
  public var exceptions: [Exception] = []

  /// Creates the safe merge.
  public init() {}

  /// Leaves out what the policy leaves out.
  ///
  /// - Parameters:
  ///   - batch: The records of all sources.
  ///   - names: What the sources are called.
  /// - Throws: `StageFailure` when two sources give one file name different bytes.
  func apply(to batch: RecordBatch, sources names: [String]) throws -> RecordDecisions {
    var decisions = RecordDecisions()
    guard names.count > 1 else { return decisions }
    let ranks = self.ranks(count: names.count)
    let groups = ProjectGroups(batch)
    for project in groups.nameRanges.indices {
      let members = groups.order[groups.starts[project]..<groups.starts[project + 1]]
      guard let first = members.first else { continue }
      let source = { (member: UInt32) in Int(batch.records[Int(member)].source) }
      guard members.contains(where: { source($0) != source(first) }) else { continue }
      switch try policy(for: first, batch) {
      case .firstSource:
        let winner = members.map(source).min { ranks[$0] < ranks[$1] } ?? 0
        for member in members where source(member) != winner {
          decisions.drop(member, "source \"\(names[winner])\" has this project")
        }
      case .unionFiles:
        let ordered = members.sorted { (ranks[source($0)], $0) < (ranks[source($1)], $1) }
        try unite(ordered, batch, names, &decisions)
      }
    }
    return decisions
  }

  private func ranks(count: Int) -> [Int] {
    let listed = order + (0..<count).filter { !order.contains($0) }
    var ranks = [Int](repeating: 0, count: count)
    for (rank, source) in listed.enumerated() { ranks[source] = rank }
    return ranks
  }

  private func policy(
    for record: UInt32,
    _ batch: borrowing RecordBatch
  ) throws(StageFailure) -> Policy {
    for exception in exceptions {
      var matching = try exception.projects.start()
      if matching.matches(RecordView(batch.records[Int(record)], in: batch)) {
        return exception.policy
      }
    }
    return policy
  }

  /// Keeps of each file name the record of the first source.
  private func unite(
    _ members: [UInt32],
    _ batch: borrowing RecordBatch,
    _ names: [String],
    _ decisions: inout RecordDecisions
  ) throws {
    var kept: [[UInt8]: UInt32] = [:]
    for member in members {
      let record = batch.records[Int(member)]
      let filename = Array(batch.text.span[record.filename])
      guard let other = kept[filename] else {
        kept[filename] = member
        continue
      }
      let winner = batch.records[Int(other)]
      guard winner.source != record.source else { continue }
      let duplicate = Duplicate(dropped: record, kept: winner, in: batch)
      if duplicate.isConflict { throw conflict(duplicate, record, winner, names) }
      decisions.drop(member, "source \"\(names[Int(winner.source)])\" has this file")
    }
  }

  private func conflict(
    _ duplicate: Duplicate,
    _ a: Record,
    _ b: Record,
    _ names: [String]
  ) -> StageFailure {
    StageFailure(
      .data,
      code: "conflicting-duplicate",
      "\"\(duplicate.filename)\" has other bytes in source \"\(names[Int(a.source)])\" than in "
        + "source \"\(names[Int(b.source)])\"",
      help: "a file name stands for the same bytes forever: remove one, or merge by first-source"
    )
  }
}
