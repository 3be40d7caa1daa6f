import IndexModel
import StrictJSON

// Conditions with one value or many.
extension MatcherReader {
  /// Reads a text, or each text of an array.
  ///
  /// - Returns: What `read` makes of them, each once, and how they are shown.
  func each<Value>(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings,
    _ read: (String) throws(ValueProblem) -> Value
  ) -> [(Value, String)] {
    each(value, spec, &settings) { element, _ throws(ValueProblem) in
      guard let text = element.string else {
        throw ValueProblem(
          "\"\(spec.name)\" must be \(spec.shape.phrase), not \(element.kind.phrase)",
          caret: "",
          code: "wrong-type"
        )
      }
      return try read(text)
    }
  }

  private func each<Value>(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings,
    _ read: (JSONValue, JSONPointer) throws(ValueProblem) -> Value?
  ) -> [(Value, String)] {
    let pointer = settings.pointer.appending(key: spec.name)
    if value.elements?.isEmpty == true {
      settings.refuse(
        "never-matches",
        "\"\(spec.name)\" must not be empty: nothing would match",
        at: value.range,
        spec.name
      )
    }
    var found: [(Value, String)] = []
    var known = TextSet()
    for (index, element) in (value.elements ?? [value]).enumerated() {
      let place = value.elements == nil ? pointer : pointer.appending(index: index)
      // A value without brackets was filled in when it was asked for, and is so only once.
      let filled = value.elements == nil ? element : file.filled(element, spec, at: place)
      guard let element = filled else { continue }
      do throws(ValueProblem) {
        guard let read = try read(element, place) else { continue }
        let text = element.asLine
        let bytes = Array(text.utf8)
        if known.insert(bytes.span) == found.count { found.append((read, text)) }
      } catch {
        file.refuse(
          error.code,
          error.message,
          at: element.range,
          place,
          caret: error.caret,
          notes: error.note.map { [$0] } ?? []
        )
      }
    }
    return found
  }

  /// Reads patterns, and files of them.
  func texts(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ field: Condition.Field,
    _ settings: inout Settings
  ) -> (question: Condition.Question, values: [String])? {
    let read = each(value, spec, &settings) {
      element,
      pointer throws(ValueProblem) -> TextChoice? in
      if element.members != nil { return listFile(element, at: pointer) }
      let glob = try glob(element, spec, field.spelling)
      try refuseUnreachable(glob, field, spec)
      return .glob(glob)
    }
    return read.isEmpty ? nil : (.text(field, read.map(\.0)), read.map(\.1))
  }

  /// Reads ids of sources, which are checked when all of the file is known.
  func sources(
    _ value: JSONValue,
    _ spec: FieldSpec,
    _ settings: inout Settings
  ) -> (question: Condition.Question, values: [String])? {
    let read = each(value, spec, &settings) { element, pointer throws(ValueProblem) -> Glob? in
      let glob = try glob(element, spec, .exact)
      file.refer(toSource: glob, element.string ?? "", at: element.range, pointer)
      return glob
    }
    return read.isEmpty ? nil : (.source(read.map(\.0)), read.map(\.1))
  }

  private func glob(
    _ element: JSONValue,
    _ spec: FieldSpec,
    _ spelling: Glob.Spelling
  ) throws(ValueProblem) -> Glob {
    guard let text = element.string else {
      throw ValueProblem(
        "\"\(spec.name)\" must be \(spec.shape.phrase), not \(element.kind.phrase)",
        caret: "",
        code: "wrong-type"
      )
    }
    do throws(Glob.Problem) {
      return try Glob(text.utf8Span.span, spelling: spelling)
    } catch {
      throw ValueProblem("\"\(spec.name)\": \(error.rawValue)", caret: "", code: "wrong-pattern")
    }
  }

  private func listFile(_ value: JSONValue, at pointer: JSONPointer) -> TextChoice? {
    var settings = Settings(owner: "a list of patterns", value, at: pointer, in: file)
    let path = settings.text(of: Matcher.fileField)
    settings.finish()
    return path.map { .file(path: file.resolved(path: $0)) }
  }

  /// Refuses a pattern with a character that no such text holds.
  private func refuseUnreachable(
    _ glob: Glob,
    _ field: Condition.Field,
    _ spec: FieldSpec
  ) throws(ValueProblem) {
    guard let byte = glob.parts.lazy.flatMap(\.literals).first(where: { !field.holds($0) }) else {
      return
    }
    let isTag = field == .python || field == .abi || field == .platform
    throw ValueProblem(
      "\"\(spec.name)\": no such text holds \(Self.name(of: byte)), so that nothing would match",
      caret: isTag && byte == UInt8(ascii: ".") ? "give each tag by itself, in an array" : "",
      code: "never-matches"
    )
  }

  private static func name(of byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F
      ? "\"\(String(decoding: [byte], as: UTF8.self))\""
      : byte == 0x20 ? "a space" : "a character outside of ASCII"
  }
}

extension Condition.Field {
  /// Whether a text of a record may hold a byte.
  fileprivate func holds(_ byte: UInt8) -> Bool {
    let isWord =
      byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    switch self {
    case .project: return isWord || byte == UInt8(ascii: "-")
    case .filename: return isWord || "._-~+!".utf8.contains(byte)
    case .python, .abi, .platform: return isWord || "_~+!".utf8.contains(byte)
    }
  }
}
