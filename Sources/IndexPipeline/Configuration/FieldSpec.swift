import StrictJSON

/// What a field of a stage is: the one place that decoding, messages, `describe`, the JSON Schema
/// and the documentation read.
public struct FieldSpec: Sendable, Equatable {
  /// The values that a field takes.
  public indirect enum Shape: Sendable, Equatable {
    case string
    /// A path; one that is relative starts at the folder of the file that it stands in.
    case path
    case integer(ClosedRange<Int>)
    case boolean
    case choice([String])
    /// A number with a unit of time, such as `90s`.
    case duration
    /// A number with a unit of bytes, such as `8MiB`.
    case size
    /// A whole number, or a percentage such as `5%`.
    case share
    /// A date, a time or an age, such as `2026-11-22` or `7d`.
    case moment
    case list(Shape)
    /// One value, or an array of them.
    case oneOrMore(Shape)
    case object([FieldSpec])
    /// The conditions of ``Matcher``.
    case matcher
    /// Any JSON, which the stage reads by itself.
    case any
  }

  /// The key, in snake_case.
  public let name: String
  /// What it means: a sentence that begins with a capital letter and ends with a full stop.
  public let doc: String
  /// The values that it takes.
  public let shape: Shape
  /// Whether it must be given.
  public let isRequired: Bool
  /// What it is if it is not given, as JSON; `nil` if that is nothing.
  public let fallback: String?
  /// A value that shows what it is for, as JSON.
  public let example: String?
  /// Whether the value must not be shown, and must come from the environment or a file.
  public let isSecret: Bool

  /// Describes a field; see the properties for what its parts are.
  public init(
    _ name: String,
    _ doc: String,
    _ shape: Shape,
    isRequired: Bool = false,
    fallback: String? = nil,
    example: String? = nil,
    isSecret: Bool = false
  ) {
    self.name = name
    self.doc = doc
    self.shape = shape
    self.isRequired = isRequired
    self.fallback = fallback
    self.example = example
    self.isSecret = isSecret
  }
}

extension FieldSpec.Shape {
  /// What a value must be, in the words of a message.
  var phrase: String {
    switch self {
    case .string, .path, .choice: "text in quotes"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .duration: "a duration in quotes"
    case .size: "a size in quotes"
    case .share: "a whole number, or a percentage in quotes"
    case .moment: "a date, a time or an age in quotes"
    case .list: "an array"
    case .oneOrMore(let shape): "\(shape.phrase), or an array"
    case .object, .matcher: "an object"
    case .any: "any value"
    }
  }

  /// What to say beside the caret of a value of another kind.
  func expectation(of value: JSONValue) -> String {
    let digits = if case .number(let digits) = value.payload { digits } else { "" }
    switch self {
    case .integer(let range):
      return range.upperBound == .max
        ? "expected an integer of \(range.lowerBound) or more"
        : "expected an integer from \(range.lowerBound) to \(range.upperBound)"
    case .duration:
      let examples = digits.isEmpty ? "\"90s\" or \"5m\"" : "\"\(digits)s\" or \"\(digits)m\""
      return "expected a number and a unit, such as \(examples)"
    case .size:
      let example = digits.isEmpty ? "8MiB" : "\(digits)MiB"
      return "expected a number and a unit, such as \"\(example)\""
    case .share: return "expected a number such as 10, or \"5%\""
    case .moment: return "expected a date such as \"2026-11-22\", or an age such as \"7d\""
    default: return ""
    }
  }
}
