import StrictJSON

/// Reads the digests of records.
extension RecordDecoder {
  mutating func decodeHash(from cursor: inout JSONCursor, number: Int) throws {
    let string = try cursor.string()
    scratch.removeAll(keepingCapacity: true)
    cursor.append(string, to: &scratch)
    let bytes = scratch
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
      try appendDigest(
        name: cursor.bytes(of: name),
        value: cursor.bytes(of: value),
        at: name.range.lowerBound..<value.range.upperBound,
        number: number
      )
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
