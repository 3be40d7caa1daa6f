/// Where a condition stands, and what it belongs to.
struct ConditionPlace: Sendable {
  /// The stage, such as `transform "no-debug"`.
  let owner: String
  let path: String
  let line: Int
  /// The JSON Pointer.
  let pointer: String

  /// The place as messages name it.
  var description: String { "\(path):\(line)" }
}
