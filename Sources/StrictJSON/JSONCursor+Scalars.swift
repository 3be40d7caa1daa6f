// Strings, numbers and words: one token each, checked by the grammar of RFC 8259.
extension JSONCursor {
  /// Reads a string.
  ///
  /// - Returns: Where its bytes stand; every escape in them is valid.
  /// - Throws: ``JSONError`` when there is another value, or the string is malformed.
  @inline(__always)  // into `nextKey()`, which saves a call for every key of a record
  public mutating func string() throws(JSONError) -> JSONString {
    guard current == UInt8(ascii: "\"") else { throw mismatch(.string) }
    let start = offset + 1
    var end = start
    var hasEscapes = false
    while true {
      end = text.endOfPlainRun(from: end)
      guard end < text.count else { break }
      let byte = text[end]
      if byte == UInt8(ascii: "\"") {
        offset = end + 1
        return JSONString(range: start..<end, hasEscapes: hasEscapes)
      } else if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        end = try escape(at: end).end
      } else {
        throw JSONError(.controlCharacter, at: end)
      }
    }
    throw JSONError(.unexpectedEnd, at: end..<end)
  }

  /// Reads a number.
  ///
  /// - Returns: Where its bytes stand.
  /// - Throws: ``JSONError`` when there is another value, the number is malformed, or it is too
  ///   large for a 64-bit floating-point number.
  public mutating func number() throws(JSONError) -> JSONNumber {
    let start = offset
    if current == UInt8(ascii: "-") { offset += 1 }
    let leading = current
    let digits = skipDigits()
    if digits == 0 {
      let isSigned = offset > start
      offset = start
      throw isSigned ? malformedNumber() : mismatch(.number)
    }
    var isWellFormed = digits == 1 || leading != UInt8(ascii: "0")
    var isInteger = true
    if current == UInt8(ascii: ".") {
      isInteger = false
      offset += 1
      isWellFormed = skipDigits() > 0 && isWellFormed
    }
    if current | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      offset += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
      isWellFormed = skipDigits() > 0 && isWellFormed
    }
    guard isWellFormed, !current.continuesWord else {
      offset = start
      throw malformedNumber()
    }
    let number = JSONNumber(range: start..<offset, isInteger: isInteger)
    // Every integer of up to 308 digits is in range, so almost no number takes the slow check.
    if !isInteger || number.range.count > 308 { try checkMagnitude(of: number) }
    return number
  }

  /// Reads `true` or `false`.
  ///
  /// - Returns: Which one.
  /// - Throws: ``JSONError`` when there is anything else.
  public mutating func boolean() throws(JSONError) -> Bool {
    switch current {
    case UInt8(ascii: "t"):
      try word("true")
      return true
    case UInt8(ascii: "f"):
      try word("false")
      return false
    default:
      throw mismatch(.boolean)
    }
  }

  /// Reads `null`.
  ///
  /// - Throws: ``JSONError`` when there is anything else.
  public mutating func null() throws(JSONError) {
    guard current == UInt8(ascii: "n") else { throw mismatch(.null) }
    try word("null")
  }

  /// Tells what kind of value is at the offset, by its first byte.
  ///
  /// - Throws: ``JSONError`` when no value begins with this byte.
  @inline(__always)
  public func peekKind() throws(JSONError) -> JSONKind {
    switch current {
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: throw unexpected(.value)
    }
  }

  @inline(__always)
  private mutating func word(_ word: String) throws(JSONError) {
    let start = offset
    for byte in word.utf8 {
      guard current == byte else { throw unknownWord(at: start) }
      offset += 1
    }
    guard !current.continuesWord else { throw unknownWord(at: start) }
  }

  /// Moves over digits and returns how many there were.
  @inline(__always)
  private mutating func skipDigits() -> Int {
    let start = offset
    while current.isDigit { offset += 1 }
    return offset - start
  }

  @inline(never)
  private func checkMagnitude(of number: JSONNumber) throws(JSONError) {
    guard double(number).isFinite else { throw JSONError(.numberOutOfRange, at: number.range) }
  }
}
