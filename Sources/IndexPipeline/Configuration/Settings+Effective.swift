public import StrictJSON

// What `show config` shows.
extension Settings {
  /// Takes account of the value of a field.
  ///
  /// - Parameters:
  ///   - spec: The field.
  ///   - written: What the file says.
  ///   - filled: The same with its placeholders filled in.
  func note(_ spec: FieldSpec, _ written: JSONValue?, _ filled: JSONValue?) {
    guard file.log.surroundings.keepsSettings, let effective else { return }
    guard let written else {
      guard let fallback = spec.fallback else { return }
      file.log.note(
        EffectiveSetting(
          pointer: effective.appending(key: spec.name).description,
          json: fallback,
          place: nil,
          isFilled: false
        )
      )
      return
    }
    let text = written.compact
    let isSecret =
      spec.isSecret
      && !Placeholder.pieces(of: Array(text.utf8)).contains {
        $0.isReference
      }
    var value = spec.isSecret ? text : filled?.compact ?? text
    if spec.shape == .path, let path = filled?.string { value = file.pathFromPipeline(path).asJSON }
    note(
      spec.name,
      isSecret ? "\"***\"" : value,
      at: written.range,
      isFilled: !value.utf8.elementsEqual(text.utf8)
    )
  }

  /// Takes account of a field that is not asked for in the usual way.
  func note(_ name: String, _ json: String, at range: Range<Int>?, isFilled: Bool = false) {
    guard file.log.surroundings.keepsSettings, let effective else { return }
    file.log.note(
      EffectiveSetting(
        pointer: effective.appending(key: name).description,
        json: json,
        place: range.map { file.place(of: $0, pointer.appending(key: name)) },
        isFilled: isFilled
      )
    )
  }
}

extension JSONValue {
  /// The value as JSON in one line.
  public var compact: String {
    switch payload {
    case .object(let members):
      members.isEmpty
        ? "{}"
        : "{ \(members.map { "\($0.key.asJSON): \($0.value.compact)" }.joined(separator: ", ")) }"
    case .array(let elements): "[\(elements.map(\.compact).joined(separator: ", "))]"
    case .string(let text): text.asJSON
    case .number(let digits): digits
    case .boolean(let isTrue): isTrue ? "true" : "false"
    case .null: "null"
    }
  }
}
