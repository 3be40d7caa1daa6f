// What to say when the grammar does not allow the byte at the offset. Off the fast path, and kept
// out of it, so that it can look around for the mistake that people make.
extension JSONCursor {
  /// What the grammar wants at the offset.
  enum Expectation {
    case value, key, colon, separator, end
  }

  @inline(never)
  func unexpected(_ expectation: Expectation) -> JSONError {
    if offset >= text.count { return JSONError(.unexpectedEnd, at: text.count..<text.count) }
    if offset == 0, startsWithByteOrderMark(text) { return JSONError(.byteOrderMark, at: 0..<3) }
    if let comment = endOfComment() { return JSONError(.comment, at: offset..<comment) }
    let byte = current
    switch expectation {
    case .end:
      return JSONError(.trailingText, at: offset..<endOfScalar(at: offset))
    case .colon where byte == UInt8(ascii: "\"") || beginsValue(byte):
      return JSONError(.missingColon, at: offset)
    case .separator where byte == UInt8(ascii: "\"") || beginsValue(byte):
      return JSONError(.missingComma, at: offset)
    case .key, .value:
      if byte == UInt8(ascii: "'") { return JSONError(.singleQuotes, at: offset..<endOfQuotes()) }
      if expectation == .key, byte.isLetter || byte == UInt8(ascii: "_") {
        return JSONError(.unquotedKey, at: offset..<endOfWord(at: offset))
      }
      if byte.isLetter { return unknownWord(at: offset) }
      if expectation == .value, byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") {
        return malformedNumber()
      }
    default: break
    }
    return JSONError(.unexpectedByte, at: offset..<endOfScalar(at: offset))
  }

  /// The error for a well-formed value of another kind; for a malformed one, what is wrong in it.
  @inline(never)
  func mismatch(_ expected: JSONKind) -> JSONError {
    do {
      let found = try peekKind()
      var probe = self
      try probe.skipValue()
      return JSONError(
        .unexpectedKind(expected: expected, found: found),
        at: offset..<probe.offset
      )
    } catch {
      return error
    }
  }

  func unknownWord(at start: Int) -> JSONError {
    // A text that ends inside a word was cut; one that goes on after it has a typing mistake.
    let end = endOfWord(at: start)
    let word = text.extracting(start..<end)
    let isCut = ["true", "false", "null"].contains { isPrefix(word, of: $0) }
    if end == text.count, isCut {
      return JSONError(.unexpectedEnd, at: end..<end)
    }
    return JSONError(.unknownWord, at: start..<end)
  }

  func malformedNumber() -> JSONError {
    JSONError(.badNumber, at: offset..<max(endOfWord(at: offset), offset + 1))
  }

  private func isPrefix(_ bytes: Span<UInt8>, of word: String) -> Bool {
    var index = 0
    for byte in word.utf8 {
      if index == bytes.count { return true }
      if bytes[index] != byte { return false }
      index += 1
    }
    return false
  }

  private func beginsValue(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "'")
  }
}

// How far the thing at an offset goes, for ranges that show all of it.
extension JSONCursor {
  func endOfScalar(at start: Int) -> Int {
    var end = start + 1
    while end < text.count, end < start + 4, text[end] & 0xC0 == 0x80 { end += 1 }
    return min(end, text.count)
  }

  private func endOfWord(at start: Int) -> Int {
    var end = start
    while end < text.count, text[end].continuesWord { end += 1 }
    return end
  }

  /// The end of the comment at the offset or of its first line, or nil when there is none.
  private func endOfComment() -> Int? {
    let next = offset + 1 < text.count ? text[offset + 1] : 0
    switch (current, next) {
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      let line = endOfLine()
      var end = offset + 2
      while end + 1 < line {
        if text[end] == UInt8(ascii: "*"), text[end + 1] == UInt8(ascii: "/") { return end + 2 }
        end += 1
      }
      return line
    case (UInt8(ascii: "/"), UInt8(ascii: "/")), (UInt8(ascii: "#"), _): return endOfLine()
    default: return nil
    }
  }

  private func endOfQuotes() -> Int {
    let line = endOfLine()
    var end = offset + 1
    while end < line {
      if text[end] == UInt8(ascii: "'") { return end + 1 }
      end += 1
    }
    return offset + 1
  }

  private func endOfLine() -> Int {
    var end = offset
    while end < text.count, text[end] != UInt8(ascii: "\n"), text[end] != UInt8(ascii: "\r") {
      end += 1
    }
    return end
  }
}
