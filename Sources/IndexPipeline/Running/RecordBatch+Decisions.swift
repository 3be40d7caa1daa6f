import IndexModel
import StrictJSON

extension RecordBatch {
  /// Does what was decided: edits and additions first, then a new order, then drops.
  mutating func carryOut(
    _ decisions: [RecordDecisions],
    by stage: String,
    at place: String = "",
    _ ledger: inout DropLedger
  ) -> [String: Int] {
    var counts: [String: Int] = [:]
    let known = text.count
    var isDropped = [Bool](repeating: false, count: records.count)
    var order: [UInt32]?
    for decision in decisions {
      edit(decision, known: known)
      for (project, status) in decision.statuses { setStatus(status, ofProject: project.span) }
      for drop in decision.drops { isDropped[Int(drop.record)] = true }
      let added = ledger.add(decision.drops, decision.reasons, by: stage, at: place, of: self)
      counts.merge(added) { $0 + $1 }
      order = decision.order ?? order
    }
    if !counts.isEmpty || order != nil {
      var all = Array(0..<UInt32(isDropped.count))
      if let order {
        // Records that the transform did not see stay where they are.
        for (place, record) in zip(order.sorted(), order) { all[Int(place)] = record }
      }
      records = all.lazy.filter { !isDropped[Int($0)] }.map { records[Int($0)] }
    }
    for decision in decisions where !decision.added.records.isEmpty { append(decision.added) }
    return counts
  }

  private mutating func replace(_ decision: RecordDecisions) {
    guard !decision.replaced.isEmpty else { return }
    let new = decision.replacements
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
