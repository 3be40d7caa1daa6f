/// Conditions as they stand in a pipeline file.
indirect enum ConditionTree: Sendable {
  /// All of them hold.
  case all([ConditionTree])
  /// One of them holds.
  case any([ConditionTree])
  /// It does not hold; with its text, for people.
  case not(ConditionTree, text: String, place: ConditionPlace)
  /// A key and what it asks for.
  case leaf(Condition)
}

extension ConditionTree {
  /// All conditions, in the order of the file.
  var conditions: [Condition] {
    switch self {
    case .all(let children), .any(let children): children.flatMap(\.conditions)
    case .not(let child, _, _): child.conditions
    case .leaf(let condition): [condition]
    }
  }
}
