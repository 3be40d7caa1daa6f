import StrictJSON

/// Reads values of several texts, which a record keeps as one: each is ended by a NUL byte.
extension RecordDecoder {
  mutating func decodeRequiresDist(
    from cursor: inout JSONCursor,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    scratch.removeAll(keepingCapacity: true)
    try cursor.beginArray()
    while try cursor.nextElement() {
      try Self.append(cursor.string(), called: "a requirement", of: cursor, to: &scratch)
    }
    facts.knowsRequiresDist = true
    let requirements = scratch
    facts.requiresDist = interner.store(requirements.span, in: &batch)
  }

  mutating func decodeProjectURLs(
    from cursor: inout JSONCursor,
    into facts: inout Facts,
    _ batch: inout RecordBatch
  ) throws {
    var list: [UInt8] = []
    try cursor.beginObject()
    while let label = try cursor.nextKey() {
      let start = list.count
      try Self.append(label, called: "the label of a project URL", of: cursor, to: &list)
      let name = Array(list[start..<(list.count - 1)])
      guard !ProjectURLs.contains(name.span, in: list.span.extracting(..<start)) else {
        let name = String(decoding: name.span)
        throw RecordProblem(
          code: "duplicate-key",
          "the label \"\(name)\" is given twice",
          at: label.range
        )
      }
      try Self.append(cursor.string(), called: "a project URL", of: cursor, to: &list)
    }
    facts.projectURLs = interner.store(list.span, in: &batch)
  }

  /// Appends a text to a list whose texts are ended by NUL bytes.
  private static func append(
    _ text: JSONString,
    called what: String,
    of cursor: borrowing JSONCursor,
    to list: inout [UInt8]
  ) throws(RecordProblem) {
    let start = list.count
    cursor.append(text, to: &list)
    guard !list[start...].contains(0) else {
      throw RecordProblem(code: "invalid-text", "\(what) must not hold U+0000", at: text.range)
    }
    list.append(0)
  }
}
