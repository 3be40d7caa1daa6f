public import IndexModel
import StrictJSON

extension Settings {
  /// Reads values for keys of records; `null` takes a value away.
  ///
  /// - Parameters:
  ///   - name: The key of the object.
  ///   - doc: What it means.
  ///   - refused: Keys that must not be given, each with the reason.
  ///   - example: Such an object, as JSON.
  /// - Returns: The values, or `nil` if there are none.
  public mutating func patch(
    _ name: String,
    _ doc: String,
    refusing refused: [(key: String, reason: String)] = [],
    example: String
  ) -> RecordPatch? {
    let spec = FieldSpec(name, doc, .object(Self.recordFields), example: example)
    guard let value = ask(spec) else { return nil }
    guard let members = value.members else {
      refuseKind(of: spec, value)
      return nil
    }
    let place = pointer.appending(key: name)
    var known: [String] = []
    for member in members where member.key.utf8.first != UInt8(ascii: "$") {
      if let reason = refused.first(where: { $0.key.utf8.elementsEqual(member.key.utf8) })?.reason {
        file.refuse("wrong-value", reason, at: member.keyRange, place.appending(key: member.key))
      } else if let text = text(of: member, at: place.appending(key: member.key)) {
        known.append(text)
      }
    }
    if members.isEmpty {
      refuse("wrong-value", "\"\(name)\" must not be empty", at: value.range, name)
    }
    let whole = Array("{\(known.joined(separator: ", "))}".utf8)
    // Each member was read by itself.
    return try? RecordPatch(json: whole.span)
  }

  /// The keys that records have.
  private static var recordFields: [FieldSpec] {
    RecordKey.allCases.filter { $0 != .filename }.map { key in
      FieldSpec("\(key.name)", "As in a record.", .any)
    }
  }

  /// A member as JSON, if it can stand in a record.
  private func text(of member: JSONMember, at place: JSONPointer) -> String? {
    let spec = FieldSpec(member.key, "", .any)
    let value = file.filled(member.value, spec, at: place)
    // Of a value that is not known yet, the key is.
    let text = "\(member.key.asJSON): \(value?.asLine ?? "null")"
    let object = Array("{\(text)}".utf8)
    do throws(RecordProblem) {
      _ = try RecordPatch(json: object.span)
      return value == nil ? nil : text
    } catch {
      let isKey = error.code.utf8.elementsEqual("unknown-key".utf8)
      file.refuse(
        isKey ? "unknown-field" : "wrong-value",
        error.message,
        at: isKey ? member.keyRange : member.value.range,
        place,
        caret: isKey
          ? Suggestion.text(for: member.key, among: RecordKey.allCases.map { "\($0.name)" }) : ""
      )
      return nil
    }
  }
}
