extension FieldSpec.Shape {
  /// The values that a field takes, in a few words.
  package var words: String {
    switch self {
    case .string: "text"
    case .id: "a name: lower-case letters, digits and hyphens"
    case .path: "a path"
    case .integer(let range): Self.words(for: range)
    case .boolean: "true or false"
    case .choice(let words): words.map(\.asJSON).joined(separator: " or ")
    case .duration: "a duration, such as \"90s\""
    case .size: "a size, such as \"8MiB\""
    case .share: "a whole number, or a share such as \"5%\""
    case .moment: "a date, a time, or an age such as \"7d\""
    case .list(let shape): "an array of \(shape.manyWords)"
    case .oneOrMore(let shape): "\(shape.words), or an array of it"
    case .object: "an object"
    case .stages(let kind): "an array of \(kind)s"
    case .globs: "a pattern, `{ \"file\": ... }`, or an array of them"
    case .matcher: "conditions"
    case .any: "any value"
    }
  }

  /// The fields of the objects that a value is or holds; none of conditions, which nest in
  /// conditions.
  package var fields: [FieldSpec] {
    switch self {
    case .object(let fields): fields
    case .list(let shape), .oneOrMore(let shape): shape.fields
    default: []
    }
  }

  private var manyWords: String {
    switch self {
    case .string: "texts"
    case .path: "paths"
    case .object: "objects"
    case .any: "values"
    default: words
    }
  }

  private static func words(for range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
    if range.upperBound == .max {
      return range.lowerBound == .min
        ? "a whole number" : "a whole number, \(range.lowerBound) or more"
    }
    return "a whole number, \(range.lowerBound) to \(range.upperBound)"
  }
}

extension FieldSpec {
  /// Whether it must be given, or what it is otherwise; empty if it then is nothing.
  package var necessity: String {
    if isRequired { return "required" }
    return fallback.map { "default \($0)" } ?? ""
  }
}

extension String {
  /// The text in lines of at most `width` bytes, broken at spaces.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty && line.utf8.count + word.utf8.count >= width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
