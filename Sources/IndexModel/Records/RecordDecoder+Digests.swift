import StrictJSON

/// Reads the digests of records.
extension RecordDecoder {
  mutating func decodeHash(from cursor: inout JSONCursor, number: Int) throws {
    let string = try cursor.string()
    let bytes = decoded(string, in: cursor)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      bytes[(equals + 1)...].firstIndex(of: UInt8(ascii: "=")) == nil
    else {
      throw RecordProblem(
        code: "invalid-hash",
        "\"hash\" must be one algorithm=digits",
        at: string.range
      )
    }
    try appendDigest(
      name: bytes.span.extracting(..<equals),
      value: bytes.span.extracting((equals + 1)...),
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

  private mutating func appendDigest(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    at range: Range<Int>,
    number: Int
  ) throws {
    var digest: [UInt8] = []
    do {
      try DigestList.appendNormalized(name: name, value: value, to: &digest)
    } catch {
      if omitsBadDigests && error == .wrongDigits {
        linesWithBadDigests.append(number)
        return
      }
      throw RecordProblem(
        code: "invalid-hash",
        "a digest must be lower-case hexadecimal of the length that its algorithm makes",
        at: range
      )
    }
    if digests.contains(digest) { return }
    let prefix = digest[...(digest.firstIndex(of: UInt8(ascii: "=")) ?? 0)]
    guard !digests.contains(where: { $0.starts(with: prefix) }) else {
      throw RecordProblem(code: "invalid-hash", "two different digests by one algorithm", at: range)
    }
    digests.append(digest)
  }
}
