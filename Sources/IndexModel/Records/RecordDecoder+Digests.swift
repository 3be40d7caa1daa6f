import StrictJSON

/// Reads the digests of records.
extension RecordDecoder {
  mutating func decodeHash(from cursor: inout JSONCursor, number: Int) throws {
    let string = try cursor.string()
    let text = decoded(string, in: cursor)
    let equals = try separator(of: text, key: "hash", at: string.range)
    try appendDigest(
      name: text.span.extracting(..<equals),
      value: text.span.extracting((equals + 1)...),
      at: string.range,
      number: number
    )
  }

  mutating func decodeHashes(from cursor: inout JSONCursor, number: Int) throws {
    try cursor.beginObject()
    while let name = try cursor.nextKey() {
      let value = try cursor.string()
      let range = name.range.lowerBound..<value.range.upperBound
      if name.hasEscapes || value.hasEscapes {
        let (name, value) = (decoded(name, in: cursor), decoded(value, in: cursor))
        try appendDigest(name: name.span, value: value.span, at: range, number: number)
      } else {
        let (name, value) = (cursor.bytes(of: name), cursor.bytes(of: value))
        try appendDigest(name: name, value: value, at: range, number: number)
      }
    }
  }

  /// Reads what says whether core metadata is served: a boolean, or text in dumb-pypi's lists.
  ///
  /// A digest that not every client can check says no more than `true`.
  mutating func coreMetadata(
    from cursor: inout JSONCursor,
    number: Int,
    _ batch: inout RecordBatch
  ) throws -> Facts.CoreMetadata {
    if try cursor.peekKind() == .boolean { return try cursor.boolean() ? .present : .absent }
    let string = try cursor.string()
    return try coreMetadata(decoded(string, in: cursor), at: string.range, number: number, &batch)
  }

  /// Reads a text that says whether core metadata is served.
  mutating func coreMetadata(
    _ text: [UInt8],
    at range: Range<Int>,
    number: Int,
    _ batch: inout RecordBatch
  ) throws(RecordProblem) -> Facts.CoreMetadata {
    if text.isEmpty { return .unknown }
    if text.span.elementsEqual("true") { return .present }
    if text.span.elementsEqual("false") { return .absent }
    let equals = try separator(of: text, key: "core_metadata", at: range)
    scratch.removeAll(keepingCapacity: true)
    do throws(DigestList.Problem) {
      try DigestList.appendNormalized(
        name: text.span.extracting(..<equals),
        value: text.span.extracting((equals + 1)...),
        to: &scratch
      )
    } catch {
      try leaveOut(error, at: range, number: number)
      return .unknown
    }
    let algorithm = HashAlgorithm(scratch.span.extracting(..<equals))
    guard algorithm?.isAllowedInFragment == true else { return .present }
    return .digest(batch.store(scratch.span))
  }

  /// The place of the `=` in `algorithm=digits`.
  private func separator(
    of text: [UInt8],
    key: StaticString,
    at range: Range<Int>
  ) throws(RecordProblem) -> Int {
    let equals = UInt8(ascii: "=")
    guard let place = text.firstIndex(of: equals), text.lastIndex(of: equals) == place else {
      throw RecordProblem(
        code: "invalid-hash",
        "\"\(key)\" must be one algorithm=digits",
        at: range
      )
    }
    return place
  }

  mutating func appendDigest(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    at range: Range<Int>,
    number: Int
  ) throws(RecordProblem) {
    do {
      try digests.append(name: name, value: value)
    } catch {
      switch error {
      case .unusable(let problem): try leaveOut(problem, at: range, number: number)
      case .conflicting:
        throw RecordProblem(
          code: "invalid-hash",
          "two different digests by one algorithm",
          at: range
        )
      }
    }
  }

  /// Notes that a digest was left out, or throws if it makes the line a mistake.
  private mutating func leaveOut(
    _ problem: DigestList.Problem,
    at range: Range<Int>,
    number: Int
  ) throws(RecordProblem) {
    guard omitsBadDigests, problem == .wrongDigits else {
      throw RecordProblem(
        code: "invalid-hash",
        "a digest must be lower-case hexadecimal of the length that its algorithm makes",
        at: range
      )
    }
    linesWithBadDigests.append(number)
  }
}
