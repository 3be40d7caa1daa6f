import StrictJSON

/// Texts and patterns, one of which a text must match: the texts are found by their hash, however
/// many there are.
final class TextTest: Sendable {
  private let literals: TextSet
  /// The value of the condition that each literal stands for.
  private let values: [Int]
  private let globs: [(glob: Glob, value: Int)]

  /// Creates a test of patterns, each with the value of the condition that it stands for.
  init(_ patterns: [(glob: Glob, value: Int)]) {
    var literals = TextSet()
    var values: [Int] = []
    for (glob, value) in patterns {
      guard let literal = glob.literal else { continue }
      if literals.insert(literal.span) == values.count { values.append(value) }
    }
    globs = patterns.filter { $0.glob.literal == nil }
    (self.literals, self.values) = (literals, values)
  }

  /// The first value that a text matches.
  ///
  /// Values that were never met are tried even behind one that matches: what the run says of them
  /// must not depend on their order.
  ///
  /// - Parameters:
  ///   - text: The text, spelled as the patterns are.
  ///   - first: The number of the first value among all of the matcher.
  ///   - progress: Takes the values that are met.
  func value(
    of text: borrowing Span<UInt8>,
    first: Int,
    _ progress: inout MatchProgress
  ) -> Int? {
    var found: Int?
    if let number = literals.number(of: text) {
      found = values[number]
      progress.meet(first + values[number])
    }
    for index in globs.indices {
      let value = globs[index].value
      if found != nil, progress.isMet(first + value) { continue }
      guard globs[index].glob.matches(text) else { continue }
      progress.meet(first + value)
      if found == nil { found = value }
    }
    return found
  }
}
