import IndexModel

/// Chooses the records that the condition of a transform lets it see.
struct SeenRecords: ~Copyable {
  private var matching: Matching?

  init(_ condition: Matcher?) throws(StageFailure) {
    if let condition { matching = try condition.start() } else { matching = nil }
  }

  mutating func members(of share: ArraySlice<UInt32>, _ batch: RecordBatch) -> ArraySlice<UInt32> {
    guard matching != nil else { return share }
    var members: [UInt32] = []
    for member in share {
      let record = RecordView(batch.records[Int(member)], in: batch)
      if matching?.matches(record) == true { members.append(member) }
    }
    return members[...]
  }
}
