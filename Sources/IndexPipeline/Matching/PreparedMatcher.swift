import IndexModel
import Synchronization

/// Conditions ready for a run: files are read, ages are moments, sources are numbers.
final class PreparedMatcher: Sendable {
  /// A condition, or how some are joined; the children of a node stand beside each other.
  struct Node: BitwiseCopyable, Sendable {
    enum Kind: UInt8 {
      case all, any, not, leaf
    }

    var kind: Kind
    /// The first of its children, or the number of its condition.
    var first = 0
    var count = 0
    /// The values of all conditions below it.
    var firstValue = 0
    var endValue = 0

    var values: Range<Int> { firstValue..<endValue }
  }

  let nodes: [Node]
  /// What the conditions ask for, in their order.
  let tests: [PreparedTest]
  /// The conditions, in the order of the tree.
  let conditions: [Condition]
  /// The first value of each condition.
  let firstValues: [Int]
  /// What is said of nodes that must not hold.
  let negations: [Int: (text: String, place: ConditionPlace)]
  private let progress: Mutex<MatchProgress>

  /// Makes conditions ready.
  ///
  /// - Parameters:
  ///   - tree: The conditions.
  ///   - make: Makes one of them ready.
  init(
    _ tree: ConditionTree,
    _ make: (Condition) throws(StageFailure) -> PreparedTest
  ) throws(StageFailure) {
    var builder = Builder()
    try builder.add([tree], make)
    (nodes, tests) = (builder.nodes, builder.tests)
    (conditions, firstValues) = (builder.conditions, builder.firstValues)
    negations = builder.negations
    progress = Mutex(MatchProgress(count: builder.valueCount))
  }

  /// What was met so far.
  var met: MatchProgress { progress.withLock { $0 } }

  /// Adds what a task met.
  func merge(_ met: borrowing MatchProgress) {
    progress.withLock { $0.merge(met) }
  }

  /// The conditions with values that no record met, and those values.
  var silent: [(condition: Condition, values: [String])] {
    let met = met
    return zip(conditions, firstValues).compactMap { condition, first in
      let values = condition.values.indices.filter { !met.isMet(first + $0) }
      return values.isEmpty ? nil : (condition, values.map { condition.values[$0] })
    }
  }
}

/// Writes a tree into arrays.
private struct Builder {
  var nodes: [PreparedMatcher.Node] = []
  var tests: [PreparedTest] = []
  var conditions: [Condition] = []
  var firstValues: [Int] = []
  var negations: [Int: (text: String, place: ConditionPlace)] = [:]
  var valueCount = 0

  /// Adds nodes beside each other, and what is below them behind them.
  mutating func add(
    _ trees: [ConditionTree],
    _ make: (Condition) throws(StageFailure) -> PreparedTest
  ) throws(StageFailure) {
    let start = nodes.count
    for _ in trees { nodes.append(PreparedMatcher.Node(kind: .leaf)) }
    for (offset, tree) in trees.enumerated() {
      var node = PreparedMatcher.Node(kind: .leaf, firstValue: valueCount)
      switch tree {
      case .all(let children):
        (node.kind, node.first, node.count) = (.all, nodes.count, children.count)
        try add(children, make)
      case .any(let children):
        (node.kind, node.first, node.count) = (.any, nodes.count, children.count)
        try add(children, make)
      case .not(let child, let text, let place):
        (node.kind, node.first, node.count) = (.not, nodes.count, 1)
        negations[start + offset] = (text, place)
        try add([child], make)
      case .leaf(let condition):
        (node.first, node.count) = (tests.count, 1)
        tests.append(try make(condition))
        conditions.append(condition)
        firstValues.append(valueCount)
        valueCount += condition.values.count
      }
      node.endValue = valueCount
      nodes[start + offset] = node
    }
  }
}
