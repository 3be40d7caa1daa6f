import StrictJSON

// Placeholders are filled in after parsing, in string values only, and once: what comes out of one
// is never read again.
extension PipelineText {
  /// The value of a field with its placeholders filled in; `nil` if it is not known.
  ///
  /// Arrays and objects are as they are, since who reads their values asks for each. Where nobody
  /// does, as in JSON that a stage understands by itself, all strings in them are filled in.
  func filled(_ value: JSONValue, _ spec: FieldSpec, at pointer: JSONPointer) -> JSONValue? {
    switch value.payload {
    case .string(let text):
      return filled(text, value, spec, at: pointer)
    case .array(let elements) where spec.shape == .any:
      let filled = elements.enumerated().map { index, element in
        self.filled(element, spec, at: pointer.appending(index: index))
      }
      let known = filled.compactMap { $0 }
      return known.count < filled.count
        ? nil : JSONValue(payload: .array(known), range: value.range)
    case .object(let members) where spec.shape == .any:
      let filled = members.map { member in
        self.filled(member.value, spec, at: pointer.appending(key: member.key))
          .map { JSONMember(key: member.key, keyRange: member.keyRange, value: $0) }
      }
      let known = filled.compactMap { $0 }
      return known.count < filled.count
        ? nil : JSONValue(payload: .object(known), range: value.range)
    default:
      if spec.isSecret { hide(value.range) }
      return value
    }
  }

  private func filled(
    _ text: String,
    _ value: JSONValue,
    _ spec: FieldSpec,
    at pointer: JSONPointer
  ) -> JSONValue? {
    let pieces = Placeholder.pieces(of: Array(text.utf8))
    let isReference = pieces.contains { $0.isReference }
    if spec.isSecret, !isReference { warn(ofSecret: text, value, spec, at: pointer) }
    var result: [UInt8] = []
    var isKnown = true
    for piece in pieces {
      let range = self.range(of: piece, in: value, text)
      guard let bytes = self.bytes(of: piece, range, at: pointer) else {
        isKnown = false
        continue
      }
      if spec.isSecret, piece.isReference { keep(secret: bytes, writtenAt: range) }
      if spec.isSecret, case .file(let path) = piece.meaning {
        refuseExposed(resolved(path: path), range, at: pointer)
      }
      result += bytes
    }
    guard isKnown else { return nil }
    if spec.isSecret, isReference { keep(secret: result, writtenAt: value.range) }
    let string = String(decoding: result, as: UTF8.self)
    let payload = pieces.count == 1 && isReference ? spec.shape.payload(of: string) : nil
    return JSONValue(payload: payload ?? .string(string), range: value.range)
  }

  /// The bytes of the file that are a piece of a string.
  private func range(of piece: Placeholder, in value: JSONValue, _ text: String) -> Range<Int> {
    let inner = value.range.dropFirst().dropLast()
    // With escapes, the string is shorter than what stands in the file.
    guard inner.count == text.utf8.count else { return value.range }
    let start = inner.startIndex
    return start + piece.range.lowerBound..<start + piece.range.upperBound
  }

  private func keep(secret: [UInt8], writtenAt range: Range<Int>) {
    let written = bytes[range].filter { $0 != UInt8(ascii: "\"") }
    log.secrets.add(
      String(decoding: secret, as: UTF8.self),
      as: String(decoding: written, as: UTF8.self)
    )
  }

  /// Refuses a file of a secret that other people may read.
  private func refuseExposed(_ path: String, _ range: Range<Int>, at pointer: JSONPointer) {
    guard let mode = log.surroundings.exposedMode(path) else { return }
    refuse(
      "exposed-secret",
      "other people may read the secret in \(path): its mode is \(mode)",
      at: range,
      pointer,
      help: "let only its owner read it: chmod 600 \(path)"
    )
  }

  private func warn(
    ofSecret text: String,
    _ value: JSONValue,
    _ spec: FieldSpec,
    at pointer: JSONPointer
  ) {
    hide(value.range)
    log.secrets.add(text, as: "***")
    let name = String(decoding: spec.name.utf8.map { $0 > 0x60 ? $0 - 0x20 : $0 }, as: UTF8.self)
    log.add(
      PipelineLog.Draft(
        severity: .warning,
        code: "literal-secret",
        message: "\"\(spec.name)\" is a secret that is written out in the file",
        text: self,
        pointer: pointer,
        marks: [(value.range, "write \"${env:\(name)}\" or \"${file:PATH}\"")],
        remarks: [.note("whoever reads the file or its history knows the secret: make a new one")]
      )
    )
  }
}

extension FieldSpec.Shape {
  /// What a text stands for that came out of a placeholder, where the field takes no text.
  fileprivate func payload(of text: String) -> JSONValue.Payload? {
    switch self {
    case .integer, .share:
      // Only what a JSON number would be: 010 is no ten.
      return Int(text).flatMap { "\($0)".utf8.elementsEqual(text.utf8) ? .number(text) : nil }
    case .boolean:
      if text.utf8.elementsEqual("true".utf8) { return .boolean(true) }
      return text.utf8.elementsEqual("false".utf8) ? .boolean(false) : nil
    case .list(let element), .oneOrMore(let element): return element.payload(of: text)
    default: return nil
    }
  }
}
