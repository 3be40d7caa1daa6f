import StrictJSON

/// The digests of one distribution, each `name=digits` in lower case, separated by `;`.
///
/// The known algorithms come first, in their order; digests by others follow by name. As one text
/// they are compared and copied at once.
public enum DigestList {
  /// Why a digest cannot be listed.
  public enum Problem: Error, Sendable {
    /// There is not exactly one `=`, or nothing on one of its sides.
    case notNameAndValue
    /// The value is not hexadecimal, or has not the length that its algorithm makes.
    case wrongDigits
  }

  /// Checks one digest and writes it in lower case.
  ///
  /// - Throws: `Problem` if an installer could not use it.
  public static func appendNormalized(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    to output: inout [UInt8]
  ) throws(Problem) {
    guard !name.isEmpty, !value.isEmpty else { throw .notNameAndValue }
    for index in name.indices where !name[index].isWord {
      guard name[index] == UInt8(ascii: "-") else { throw .notNameAndValue }
    }
    let start = output.count
    _ = output.append(lowercasing: name)
    let algorithm = HashAlgorithm(output.span.extracting(start...))
    guard value.count == algorithm?.digitCount ?? value.count else { throw .wrongDigits }
    output.append(UInt8(ascii: "="))
    guard output.append(lowercasing: value) else { throw .wrongDigits }
  }

  /// Calls `body` with the name and the value of each digest of `list`.
  @inline(__always)
  public static func forEach(
    in list: borrowing Span<UInt8>,
    _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void
  ) {
    var start = 0
    while start < list.count {
      guard let equals = list.firstIndex(of: UInt8(ascii: "="), from: start) else { return }
      let end = list.firstIndex(of: UInt8(ascii: ";"), from: equals) ?? list.count
      body(list.extracting(start..<equals), list.extracting((equals + 1)..<end))
      start = end + 1
    }
  }
}

extension Array where Element == UInt8 {
  /// Appends text with its ASCII letters in lower case.
  ///
  /// - Returns: Whether all of it is hexadecimal digits.
  fileprivate mutating func append(lowercasing text: borrowing Span<UInt8>) -> Bool {
    let start = count
    append(contentsOf: text)
    if text.isLowerHexadecimal { return true }
    var isHexadecimal = true
    for index in start..<count {
      isHexadecimal = isHexadecimal && self[index].isHexDigit
      self[index] = self[index].lowercased
    }
    return isHexadecimal
  }
}

extension Span<UInt8> {
  /// Whether all bytes are digits or the letters a to f.
  fileprivate var isLowerHexadecimal: Bool {
    var offset = 0
    while count - offset >= 8 {
      let word = word(at: offset)
      let digits = word.lanes(from: UInt8(ascii: "0"), through: UInt8(ascii: "9"))
      let letters = word.lanes(from: UInt8(ascii: "a"), through: UInt8(ascii: "f"))
      if (digits | letters).nonzeroBitCount != 8 { return false }
      offset += 8
    }
    while offset < count, self[offset].isDigit || self[offset] &- 0x61 < 6 { offset += 1 }
    return offset == count
  }
}
