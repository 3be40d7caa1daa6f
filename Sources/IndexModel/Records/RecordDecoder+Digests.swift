import StrictJSON

/// Reads the digests of records.
extension RecordDecoder {
  mutating func decodeHash(from cursor: inout JSONCursor, number: Int) throws {
    let string = try cursor.string()
    let text = decoded(string, in: cursor)
    if let digest = try digest(text, key: "hash", at: string.range, number: number) {
      try append(digest, at: string.range)
    }
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
    let text = decoded(string, in: cursor)
    if text.isEmpty { return .unknown }
    if text.span.elementsEqual("true") { return .present }
    if text.span.elementsEqual("false") { return .absent }
    guard let digest = try digest(text, key: "core_metadata", at: string.range, number: number)
    else { return .unknown }
    let name = digest.span.extracting(..<(digest.firstIndex(of: UInt8(ascii: "=")) ?? 0))
    guard HashAlgorithm(name)?.isAllowedInFragment == true else { return .present }
    return .digest(batch.store(digest.span))
  }

  /// Reads `algorithm=digits`.
  ///
  /// - Returns: The digest in its normal form, or `nil` if it was left out.
  private mutating func digest(
    _ text: [UInt8],
    key: StaticString,
    at range: Range<Int>,
    number: Int
  ) throws -> [UInt8]? {
    let equals = UInt8(ascii: "=")
    guard let place = text.firstIndex(of: equals), text.lastIndex(of: equals) == place else {
      throw RecordProblem(
        code: "invalid-hash",
        "\"\(key)\" must be one algorithm=digits",
        at: range
      )
    }
    return try digest(
      name: text.span.extracting(..<place),
      value: text.span.extracting((place + 1)...),
      at: range,
      number: number
    )
  }

  private mutating func appendDigest(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    at range: Range<Int>,
    number: Int
  ) throws {
    guard let digest = try digest(name: name, value: value, at: range, number: number) else {
      return
    }
    try append(digest, at: range)
  }

  private mutating func digest(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    at range: Range<Int>,
    number: Int
  ) throws -> [UInt8]? {
    var digest: [UInt8] = []
    do {
      try DigestList.appendNormalized(name: name, value: value, to: &digest)
      return digest
    } catch {
      if omitsBadDigests && error == .wrongDigits {
        linesWithBadDigests.append(number)
        return nil
      }
      throw RecordProblem(
        code: "invalid-hash",
        "a digest must be lower-case hexadecimal of the length that its algorithm makes",
        at: range
      )
    }
  }

  private mutating func append(_ digest: [UInt8], at range: Range<Int>) throws {
    if digests.contains(digest) { return }
    let prefix = digest[...(digest.firstIndex(of: UInt8(ascii: "=")) ?? 0)]
    guard !digests.contains(where: { $0.starts(with: prefix) }) else {
      throw RecordProblem(code: "invalid-hash", "two different digests by one algorithm", at: range)
    }
    digests.append(digest)
  }
}
