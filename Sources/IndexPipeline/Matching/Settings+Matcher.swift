import StrictJSON

extension Settings {
  /// Reads conditions.
  ///
  /// - Parameters:
  ///   - name: The key of the object.
  ///   - doc: What it means.
  ///   - isRequired: Whether it must be given.
  /// - Returns: The conditions, or `nil` if there are none.
  public mutating func matcher(
    _ name: String,
    _ doc: String,
    isRequired: Bool = false
  ) -> Matcher? {
    let spec = FieldSpec(
      name,
      doc,
      .matcher,
      isRequired: isRequired,
      example: #"{ "project": "acme-*" }"#
    )
    guard let value = ask(spec) else { return nil }
    guard value.members != nil else {
      refuseKind(of: spec, value)
      return nil
    }
    let place = pointer.appending(key: name)
    let reader = MatcherReader(file: file, owner: ownerWithoutType, name: "\"\(name)\"")
    return reader.tree(of: value, at: place).map {
      file.register(Matcher($0, at: reader.place(of: value.range, place)))
    }
  }

  /// Reads conditions that stand among the other fields of this object.
  ///
  /// - Returns: The conditions, or `nil` if they are wrong, which was said.
  public mutating func conditions() -> Matcher? {
    let reader = MatcherReader(file: file, owner: ownerWithoutType, name: owner)
    return reader.tree(in: &self, isInline: true).map {
      file.register(Matcher($0, at: reader.place(of: value.range, pointer)))
    }
  }

  /// What messages of a run call the object: `sink "cdn" (s3)` is `sink "cdn"`.
  private var ownerWithoutType: String {
    let bytes = Array(owner.utf8)
    guard bytes.last == UInt8(ascii: ")"),
      let start = bytes.lastIndex(of: UInt8(ascii: "(")), start > 0
    else { return owner }
    return String(decoding: bytes[..<(start - 1)], as: UTF8.self)
  }
}

extension Matcher {
  /// Reads conditions that stand by themselves.
  ///
  /// - Parameter json: An object, as in a pipeline file.
  /// - Throws: `PipelineFileFailure` with all mistakes.
  public init(json: String) throws(PipelineFileFailure) {
    let log = PipelineLog()
    defer { log.forgetTexts() }
    let text = PipelineText(path: "-", bytes: Array(json.utf8), log: log)
    let failure = { (isSyntax: Bool) in
      PipelineFileFailure(PipelineCheck(path: "-", log, isSyntax: isSyntax))
    }
    let reader = MatcherReader(file: text, owner: "a matcher", name: "a matcher")
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: Array(json.utf8), maximumDepth: 32).root
    } catch {
      text.refuse("json-syntax", error.message, at: error.range, JSONPointer(), caret: error.hint)
      throw failure(true)
    }
    if root.members == nil {
      let message = "a matcher must be an object, not \(root.kind.phrase)"
      text.refuse("wrong-type", message, at: root.range, JSONPointer())
    }
    let tree = reader.tree(of: root, at: JSONPointer())
    guard !log.hasErrors, let tree else { throw failure(false) }
    self.init(tree, at: reader.place(of: root.range, JSONPointer()))
  }
}
