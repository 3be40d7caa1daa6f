/// Why a record met the conditions of a matcher.
public struct MatchReason: Sendable {
  /// What it met, such as `matches "filename": "*+debug*"`.
  public let text: String
  /// Where the condition stands, such as `pipeline.json:24`.
  public let place: String

  /// Says that a record does not meet a matcher.
  ///
  /// - Parameters:
  ///   - name: The field that the matcher stands in.
  ///   - matcher: The matcher.
  public init(none name: String, of matcher: Matcher) {
    text = "does not match \"\(name)\""
    place = matcher.place.description
  }

  /// Puts what a record met into words.
  ///
  /// - Parameters:
  ///   - witness: The values that hold, and the complements of the nodes that do not.
  ///   - prepared: The matcher.
  ///   - assumesTime: Whether the record has no upload time, and was asked for it.
  ///   - place: Where the matcher stands.
  init(
    _ witness: [Int32],
    _ prepared: PreparedMatcher,
    assumesTime: Bool,
    at place: ConditionPlace
  ) {
    var met: [String] = []
    var unmet: [String] = []
    var places: [ConditionPlace] = []
    var asksTime = false
    for entry in witness {
      if entry < 0 {
        guard let negation = prepared.negations[Int(~entry)] else { continue }
        unmet.append(negation.text)
        places.append(negation.place)
        asksTime = true
      } else {
        let number = prepared.firstValues.lastIndex { $0 <= Int(entry) } ?? 0
        let condition = prepared.conditions[number]
        let value = condition.values[Int(entry) - prepared.firstValues[number]]
        met.append("\"\(condition.key)\": \(value)")
        places.append(condition.place)
        asksTime = asksTime || condition.asksTime
      }
    }
    let sentences =
      (met.isEmpty ? [] : ["matches \(met.joined(separator: ", "))"])
      + (unmet.isEmpty ? [] : ["does not match \(unmet.joined(separator: ", "))"])
    let note =
      assumesTime && asksTime
      ? " (its upload time is not known, which counts as now)" : ""
    text = sentences.joined(separator: ", and ") + note
    self.place = (places.first ?? place).description
  }
}
