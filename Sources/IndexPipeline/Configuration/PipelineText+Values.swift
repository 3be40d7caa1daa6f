import StrictJSON

// What a placeholder stands for.
extension PipelineText {
  func bytes(
    of piece: Placeholder,
    _ range: Range<Int>,
    at pointer: JSONPointer
  ) -> [UInt8]? {
    switch piece.meaning {
    case .text(let bytes): return bytes
    case .malformed(let reason):
      refuse(
        "wrong-placeholder",
        "this is no placeholder",
        at: range,
        pointer,
        caret: reason,
        notes: ["`$${` stands for `${` where no placeholder is meant"]
      )
      return nil
    case .variable(let name, let fallback):
      return value(ofVariable: name, fallback, range, at: pointer)
    case .file(let path):
      return value(ofFile: path, range, at: pointer)
    }
  }

  private func value(
    ofVariable name: String,
    _ fallback: Placeholder.Fallback,
    _ range: Range<Int>,
    at pointer: JSONPointer
  ) -> [UInt8]? {
    var answer = log.surroundings.variable(name)
    var given: String?
    switch fallback {
    case .value(let text): given = text
    case .message(let text):
      if case .missing(let reason) = answer { answer = .missing("\(reason): \(text)") }
      if case .value(let bytes) = answer, bytes.isEmpty { answer = .missing("empty: \(text)") }
    case .none: break
    }
    return note(answer, fallback: given, .variable, name, range, at: pointer)
  }

  private func value(
    ofFile path: String,
    _ range: Range<Int>,
    at pointer: JSONPointer
  ) -> [UInt8]? {
    let path = resolved(path: path)
    var answer = log.surroundings.file(path)
    if case .value(var bytes) = answer {
      // Editors and `echo` end a file with a newline that is not meant.
      if bytes.last == UInt8(ascii: "\n") {
        bytes.removeLast()
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      }
      answer = bytes.isText ? .value(bytes) : .missing("not text in UTF-8")
    }
    return note(answer, fallback: nil, .file, path, range, at: pointer)
  }

  private func note(
    _ answer: Surroundings.Answer,
    fallback: String?,
    _ source: PlaceholderUse.Source,
    _ name: String,
    _ range: Range<Int>,
    at pointer: JSONPointer
  ) -> [UInt8]? {
    let state: PlaceholderUse.State
    var bytes: [UInt8]?
    switch answer {
    case .value(let found) where !found.isEmpty || fallback == nil: (state, bytes) = (.found, found)
    case .value: (state, bytes) = (.fallback, fallback.map { Array($0.utf8) })
    case .missing(let reason):
      bytes = fallback.map { Array($0.utf8) }
      state = bytes == nil ? .missing(reason) : .fallback
    case .unknown: state = .unknown
    }
    var gap: PipelineLog.Gap?
    if case .missing(let reason) = state {
      gap = PipelineLog.Gap(text: self, pointer: pointer, range: range, reason: reason)
    }
    let use = PlaceholderUse(
      source: source,
      name: name,
      fallback: fallback,
      place: place(of: range, pointer),
      state: state
    )
    log.note(use, gap: gap)
    return bytes
  }
}

extension [UInt8] {
  /// Whether the bytes are UTF-8 without NUL.
  fileprivate var isText: Bool { !contains(0) && String(validating: self, as: UTF8.self) != nil }
}
