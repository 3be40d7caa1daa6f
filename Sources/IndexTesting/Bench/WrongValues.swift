import IndexPipeline

extension FieldSpec.Shape {
  /// Values that a field must refuse, and what they are.
  var wrongValues: [(value: JSONText, noun: String)] {
    switch self {
    case .any: []
    case .integer(let range): [(.string("kit"), "text")] + Self.values(outside: range)
    case .choice: [(.literal("7"), "a number"), (.string("kit-no-choice"), "any word")]
    case .path: [(.literal("7"), "a number"), (.string(""), "no path")]
    case .list: [(.literal("7"), "a number"), (.string("kit"), "one text")]
    default: [(.literal("null"), "null"), (.literal("7.5"), "a number with a fraction")]
    }
  }

  private static func values(outside range: ClosedRange<Int>) -> [(value: JSONText, noun: String)] {
    var values: [(JSONText, String)] = []
    if range.lowerBound > .min {
      values.append((.literal("\(range.lowerBound - 1)"), "less than its least value"))
    }
    if range.upperBound < .max {
      values.append((.literal("\(range.upperBound + 1)"), "more than its greatest value"))
    }
    return values
  }
}

extension JSONText {
  /// A text in place of a placeholder.
  static var plain: JSONText { .string("kit-plain-text") }
}

extension [FieldSpec] {
  /// The names, for a finding.
  var names: String { map(\.name).joined(separator: ", ") }

  /// Whether the field of a name is secret.
  func isSecret(_ name: String) -> Bool {
    contains { $0.isSecret && $0.name.utf8.elementsEqual(name.utf8) }
  }
}

extension [StageFailure] {
  /// The messages, for a finding.
  var words: String { map { "\($0.code): \($0.message)" }.joined(separator: "; ") }
}

extension String {
  /// Whether it ends with a full stop and does not begin with a small letter.
  var isSentence: Bool {
    guard let first = utf8.first else { return false }
    return utf8.last == UInt8(ascii: ".") && first &- 0x61 >= 26
  }
}

extension StageProbe {
  /// All properties of the subject.
  var dump: String { Self.text(of: subject) }

  /// A value and all that is in it, but for places in a file, which say nothing of the stage.
  private static func text(of value: Any) -> String {
    if value is Place { return "" }
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return String(reflecting: value) }
    let parts = mirror.children.map { "\($0.label ?? ""): \(text(of: $0.value))" }
    let isOrdered = mirror.displayStyle != .dictionary && mirror.displayStyle != .set
    return "(\((isOrdered ? parts : parts.sorted()).joined(separator: ", ")))"
  }
}
