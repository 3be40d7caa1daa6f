import IndexModel
import StrictJSON

/// Runs one transform over the records of a run.
struct TransformRun {
  /// The records that one task takes at once: enough that what a call costs does not count.
  private static let share = 16_384

  let step: Pipeline.TransformStep

  /// Applies the transform, and takes what it drops out of `batch`.
  ///
  /// - Returns: How many records were left out, by reason.
  func apply(
    to batch: inout RecordBatch,
    _ ledger: inout DropLedger
  ) async throws -> [String: Int] {
    let shares = self.shares(of: batch)
    let decisions = try await decide(shares, batch)
    return batch.carryOut(decisions, by: step.id, &ledger)
  }

  /// The records as the transform wants to see them, without those that its condition excludes.
  private func shares(of batch: borrowing RecordBatch) -> [ArraySlice<UInt32>] {
    switch type(of: step.transform).scope {
    case .index: return [selected(Array(0..<UInt32(batch.records.count)), batch)[...]]
    case .record:
      let members = selected(Array(0..<UInt32(batch.records.count)), batch)
      return stride(from: 0, to: members.count, by: Self.share).map { start in
        members[start..<min(start + Self.share, members.count)]
      }
    case .project:
      let groups = ProjectGroups(batch)
      return groups.nameRanges.indices.compactMap { project in
        let members = groups.order[groups.starts[project]..<groups.starts[project + 1]]
        let seen = step.condition == nil ? members : selected(Array(members), batch)[...]
        return seen.isEmpty ? nil : seen
      }
    }
  }

  private func selected(_ members: [UInt32], _ batch: borrowing RecordBatch) -> [UInt32] {
    guard let condition = step.condition else { return members }
    return members.filter { condition.matches(RecordView(batch.records[Int($0)], in: batch)) }
  }

  /// What the transform decides about each share, on all cores.
  private func decide(
    _ shares: [ArraySlice<UInt32>],
    _ batch: RecordBatch
  ) async throws -> [RecordDecisions] {
    let transform = step.transform
    let lots = Self.lots(shares)
    return try await withThrowingTaskGroup(of: (Int, [RecordDecisions]).self) { group in
      for (number, lot) in lots.enumerated() {
        group.addTask {
          var decisions: [RecordDecisions] = []
          for share in shares[lot] {
            try Task.checkCancellation()
            var editor = RecordEditor(share, of: batch)
            try await transform.apply(to: &editor)
            if !editor.decisions.isEmpty { decisions.append(editor.decisions) }
          }
          return (number, decisions)
        }
      }
      var found = [[RecordDecisions]](repeating: [], count: lots.count)
      for try await (number, decisions) in group { found[number] = decisions }
      return found.flatMap(\.self)
    }
  }

  /// Ranges of shares that hold about as many records each as one task should take.
  private static func lots(_ shares: [ArraySlice<UInt32>]) -> [Range<Int>] {
    var lots: [Range<Int>] = []
    var (start, count) = (0, 0)
    for index in shares.indices {
      count += shares[index].count
      if count >= share || index + 1 == shares.count {
        lots.append(start..<index + 1)
        (start, count) = (index + 1, 0)
      }
    }
    return lots
  }
}

extension RecordBatch {
  /// Does what was decided: edits and additions first, then a new order, then drops.
  mutating func carryOut(
    _ decisions: [RecordDecisions],
    by stage: String,
    _ ledger: inout DropLedger
  ) -> [String: Int] {
    var counts: [String: Int] = [:]
    let known = text.count
    var isDropped = [Bool](repeating: false, count: records.count)
    var order: [UInt32]?
    for decision in decisions {
      edit(decision, known: known)
      for drop in decision.drops { isDropped[Int(drop.record)] = true }
      let added = ledger.add(decision.drops, decision.reasons, by: stage, of: self)
      counts.merge(added) { $0 + $1 }
      order = decision.order ?? order
    }
    if counts.isEmpty && order == nil {
      // Nothing moves.
    } else {
      let kept = (order ?? Array(0..<UInt32(isDropped.count))).filter { !isDropped[Int($0)] }
      records = kept.map { records[Int($0)] }
    }
    for decision in decisions where !decision.added.records.isEmpty { append(decision.added) }
    return counts
  }

  private mutating func replace(_ decision: RecordDecisions) {
    let new = decision.replacements
    guard !decision.replaced.isEmpty else { return }
    let distance = text.count
    text.append(contentsOf: new.text)
    for (record, replacement) in zip(decision.replaced, new.records) {
      records[Int(record)].facts = Int32(facts.count)
      facts.append(new.facts(of: replacement).shifted(by: distance))
    }
  }

  /// Takes the edits of a decision, whose new texts lie behind the first `known` bytes.
  private mutating func edit(_ decision: RecordDecisions, known: Int) {
    replace(decision)
    guard !decision.edits.isEmpty else { return }
    let distance = text.count - known
    text.append(contentsOf: decision.text)
    for edit in decision.edits {
      let index = Int(edit.record)
      let new = edit.facts.shifted(by: distance, from: known)
      if records[index].facts >= 0 {
        facts[Int(records[index].facts)] = new
      } else {
        records[index].facts = Int32(facts.count)
        facts.append(new)
      }
    }
  }
}
