/// Values of a condition that no record of a run met: they are mistyped, or of no use any more.
public struct SilentCondition: Sendable {
  /// What happened, in one line with its place.
  public let message: String
  /// The pipeline file.
  public let path: String
  /// The line in it, from 1.
  public let line: Int
  /// The JSON Pointer of the condition.
  public let pointer: String

  init(_ condition: Condition, _ values: [String]) {
    path = condition.place.path
    line = condition.place.line
    pointer = condition.place.pointer
    let shown = values.prefix(3).joined(separator: ", ")
    let more = values.count > 3 ? " and \(values.count - 3) more" : ""
    message =
      "\(condition.place.owner): \(shown)\(more) matched nothing in this run "
      + "(\(condition.place.description))"
  }
}
