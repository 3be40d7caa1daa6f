/// Project names, compared in their normalized form.
///
/// Source: PEP 503 and the specification "Names and normalization".
public enum ProjectName {
  /// Whether `name` is a valid name: ASCII letters, digits, `.`, `_` and `-`, with a letter or a
  /// digit at both ends.
  public static func isValid(_ name: borrowing Span<UInt8>) -> Bool {
    guard !name.isEmpty, name[0].isAlphanumeric, name[name.count - 1].isAlphanumeric
    else { return false }
    for index in name.indices where !name[index].isAlphanumeric {
      guard name[index].isSeparator else { return false }
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
      if byte.isSeparator {
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
        guard byte.isDigit || byte &- 0x61 < 26 else { return false }
        wordBefore = true
      }
    }
    return wordBefore
  }
}
