/// Project names, compared in their normalized form.
///
/// Source: PEP 503 and the specification "Names and normalization".
public enum ProjectName {
  /// Whether the byte separates the words of a name.
  @inline(__always)
  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  /// Whether `name` is a valid name: ASCII letters, digits, `.`, `_` and `-`, with a letter or a
  /// digit at both ends.
  public static func isValid(_ name: borrowing Span<UInt8>) -> Bool {
    guard !name.isEmpty, name[0].isASCIIAlphanumeric, name[name.count - 1].isASCIIAlphanumeric
    else { return false }
    for index in name.indices where !name[index].isASCIIAlphanumeric {
      guard isSeparator(name[index]) else { return false }
    }
    return true
  }

  /// Appends the normalized form of `name`: lower case, each run of separators one `-`.
  ///
  /// Separators at the ends, which valid names do not have, are left out: folders and URLs are
  /// made of what is appended.
  public static func appendNormalized(_ name: borrowing Span<UInt8>, to output: inout [UInt8]) {
    let start = output.count
    var separated = false
    for index in name.indices {
      let byte = name[index]
      if isSeparator(byte) {
        separated = true
        continue
      }
      if separated && output.count > start { output.append(UInt8(ascii: "-")) }
      separated = false
      output.append(byte.lowercased)
    }
  }

  /// Whether `name` is its own normalized form.
  public static func isNormalized(_ name: borrowing Span<UInt8>) -> Bool {
    var wordBefore = false
    for index in name.indices {
      let byte = name[index]
      if byte == UInt8(ascii: "-") {
        guard wordBefore else { return false }
        wordBefore = false
      } else {
        guard byte.isASCIIDigit || byte &- 0x61 < 26 else { return false }
        wordBefore = true
      }
    }
    return wordBefore
  }
}
