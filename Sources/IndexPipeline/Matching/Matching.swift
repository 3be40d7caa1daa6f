public import IndexModel

/// Asks the conditions of a matcher about one record after the other.
///
/// Each task has its own, so that tasks share nothing while they work; what was met is gathered
/// when it ends.
public struct Matching: ~Copyable {
  private let prepared: PreparedMatcher
  private let nodes: [PreparedMatcher.Node]
  private let place: ConditionPlace
  private var progress: MatchProgress
  private var subject = MatchSubject()
  private var lastReason: (witness: [Int32], assumesTime: Bool, reason: MatchReason)?

  init(_ prepared: PreparedMatcher, at place: ConditionPlace) {
    self.prepared = prepared
    nodes = prepared.nodes
    self.place = place
    progress = prepared.met
  }

  deinit { prepared.merge(progress) }

  /// Whether a record meets the conditions.
  public mutating func matches(_ record: borrowing RecordView) -> Bool {
    subject.forget()
    progress.forgetWitness(from: 0)
    return holds(0, record)
  }

  /// Which conditions the last record met, and where they stand.
  public mutating func reason() -> MatchReason {
    // Neighbours mostly meet the same conditions.
    if let lastReason, lastReason.witness == progress.witness,
      lastReason.assumesTime == subject.assumesTime
    {
      return lastReason.reason
    }
    let reason = MatchReason(
      progress.witness,
      prepared,
      assumesTime: subject.assumesTime,
      at: place
    )
    lastReason = (progress.witness, subject.assumesTime, reason)
    return reason
  }

  private mutating func holds(_ number: Int, _ record: borrowing RecordView) -> Bool {
    let node = nodes[number]
    switch node.kind {
    case .leaf: return leafHolds(node.first, record)
    case .all: return allHold(node, record)
    case .any: return anyHolds(node, record)
    case .not:
      let mark = progress.witness.count
      let isMet = holds(node.first, record)
      progress.forgetWitness(from: mark)
      if !isMet { progress.testify(~Int32(number)) }
      return !isMet
    }
  }

  // A condition that was not met yet is asked even if the answer is known: what the run says of it
  // must not depend on the order of the conditions.

  private mutating func allHold(
    _ node: PreparedMatcher.Node,
    _ record: borrowing RecordView
  ) -> Bool {
    let mark = progress.witness.count
    var allHold = true
    for child in node.first..<node.first + node.count {
      if !allHold, !progress.hasUnmet(in: nodes[child].values) { continue }
      if !holds(child, record) { allHold = false }
    }
    if !allHold { progress.forgetWitness(from: mark) }
    return allHold
  }

  private mutating func anyHolds(
    _ node: PreparedMatcher.Node,
    _ record: borrowing RecordView
  ) -> Bool {
    var anyHolds = false
    for child in node.first..<node.first + node.count {
      if !anyHolds {
        anyHolds = holds(child, record)
      } else if progress.hasUnmet(in: nodes[child].values) {
        let mark = progress.witness.count
        _ = holds(child, record)
        progress.forgetWitness(from: mark)
      }
    }
    return anyHolds
  }

  private mutating func leafHolds(_ number: Int, _ record: borrowing RecordView) -> Bool {
    let first = prepared.firstValues[number]
    guard
      let value = subject.value(
        of: record,
        prepared.tests[number],
        number: number,
        first: first,
        &progress
      )
    else { return false }
    progress.testify(Int32(first + value))
    return true
  }
}
