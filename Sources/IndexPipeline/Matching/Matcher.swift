public import IndexModel
import StrictJSON

/// Conditions that a record meets or not: `where`, `filter`, and the exceptions of a merge.
public struct Matcher: Sendable {
  /// Whether a record meets the conditions.
  public func matches(_ record: borrowing RecordView) -> Bool { true }

  /// The conditions, as they are asked for; without any, every object passes.
  package static var fields: [FieldSpec] { [] }
}

extension Settings {
  /// Reads conditions.
  ///
  /// - Returns: The conditions, or `nil` if there are none.
  public mutating func matcher(_ name: String, _ doc: String) -> Matcher? {
    let spec = FieldSpec(name, doc, .matcher, example: #"{ "project": "acme-*" }"#)
    guard let value = ask(spec) else { return nil }
    guard value.members != nil else {
      refuseKind(of: spec, value)
      return nil
    }
    return Matcher()
  }
}
