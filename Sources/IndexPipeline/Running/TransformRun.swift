import IndexModel
import StrictJSON

/// Runs one transform over the records of a run.
struct TransformRun {
  /// The records that one task takes at once: enough that what a call costs does not count.
  private static let share = 16_384

  let step: Pipeline.TransformStep
  let context: StageContext

  /// Applies the transform, and takes what it drops out of `batch`.
  ///
  /// - Parameter report: Gets what was dropped, and what a person should know.
  /// - Returns: How many records were left out, by reason.
  func apply(
    to batch: inout RecordBatch,
    into report: inout Report
  ) async throws -> [String: Int] {
    let shares = self.shares(of: batch)
    let decisions = try await decide(shares, batch)
    report.warnings += decisions.flatMap(\.warnings)
    let place = step.place?.lineText ?? ""
    return batch.carryOut(decisions, by: step.id, at: place, &report.drops)
  }

  /// The records as the transform wants to see them.
  private func shares(of batch: borrowing RecordBatch) -> [ArraySlice<UInt32>] {
    let all = 0..<UInt32(batch.records.count)
    switch type(of: step.transform).scope {
    case .index: return [Array(all)[...]]
    case .record:
      let members = Array(all)
      return stride(from: 0, to: members.count, by: Self.share).map { start in
        members[start..<min(start + Self.share, members.count)]
      }
    case .project:
      let groups = ProjectGroups(batch)
      return groups.nameRanges.indices.map { project in
        groups.order[groups.starts[project]..<groups.starts[project + 1]]
      }
    }
  }

  /// What the transform decides about each share, on all cores.
  private func decide(
    _ shares: [ArraySlice<UInt32>],
    _ batch: RecordBatch
  ) async throws -> [RecordDecisions] {
    let (step, transform, context) = (step, step.transform, context)
    let scope = type(of: transform).scope
    let lots = Self.lots(shares)
    return try await withThrowingTaskGroup(of: (Int, [RecordDecisions]).self) { group in
      for (number, lot) in lots.enumerated() {
        group.addTask {
          var decisions: [RecordDecisions] = []
          var selection = try SeenRecords(step.condition)
          for share in shares[lot] {
            try Task.checkCancellation()
            let share = selection.members(of: share, batch)
            if share.isEmpty && scope != .index { continue }
            var editor = RecordEditor(share, of: batch, context)
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
