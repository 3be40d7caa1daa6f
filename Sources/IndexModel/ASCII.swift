/// Classes of ASCII bytes that the grammars of names, versions and files share.
extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// Whether this is a digit or a lower-case letter.
  @inline(__always)
  var isLetterOrDigit: Bool { isDigit || isLowercaseLetter }

  @inline(__always)
  var isLowercaseLetter: Bool { self &- UInt8(ascii: "a") < 26 }

  @inline(__always)
  var isUppercaseLetter: Bool { self &- UInt8(ascii: "A") < 26 }

  @inline(__always)
  var lowercased: UInt8 { isUppercaseLetter ? self | 0x20 : self }

  /// Whether this parts the words of a name or a version.
  @inline(__always)
  var isSeparator: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }

  /// Whether this is white space to Python's `str.strip`, which PyPI's `packaging` relies on: the
  /// six that PEP 440 names, and the four separators of ASCII.
  @inline(__always)
  var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 || self &- 0x1C < 4 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// Whether this is a digit or a letter of either case.
  @inline(__always)
  var isAlphanumeric: Bool { isDigit || isLetter }

  /// A letter, a digit or `_`: the regular expression `\w` of ASCII.
  @inline(__always)
  var isWord: Bool { isAlphanumeric || self == UInt8(ascii: "_") }

  @inline(__always)
  var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }
}
