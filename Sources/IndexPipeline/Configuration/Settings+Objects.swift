public import StrictJSON

// Objects, and JSON that nobody describes.
extension Settings {
  /// Reads a value that the stage understands by itself.
  public mutating func json(_ name: String, _ doc: String, example: String? = nil) -> JSONValue? {
    ask(FieldSpec(name, doc, .any, example: example))
  }

  /// Reads an object of fields.
  ///
  /// - Parameters:
  ///   - name: The key of the object.
  ///   - doc: What it means.
  ///   - read: Asks for its fields; called with an empty object if there is none.
  /// - Returns: What `read` makes of it, also of an empty one.
  public mutating func object<Value>(
    _ name: String,
    _ doc: String,
    _ read: (inout Settings) -> Value
  ) -> Value {
    var blank = Settings.blank(owner: "\"\(name)\"")
    let fallback = read(&blank)
    let spec = FieldSpec(name, doc, .object(blank.fields))
    look(at: spec)
    guard let value = self.value[name] else { return fallback }
    guard value.members != nil else {
      refuseKind(of: spec, value)
      return fallback
    }
    var inner = Settings(
      owner: "\"\(name)\"",
      value,
      at: pointer.appending(key: name),
      in: file,
      topic: .part(of: owner, fields: fields.map(\.name)),
      effective: effective?.appending(key: name)
    )
    let result = read(&inner)
    inner.finish()
    return result
  }
}
