/// Classes of ASCII bytes that the grammars of names, versions and files share.
extension UInt8 {
  @inline(__always)
  package var isASCIIDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  @inline(__always)
  package var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }

  /// A letter, a digit or `_`: the regular expression `\w` of ASCII.
  @inline(__always)
  package var isASCIIWord: Bool { isASCIIAlphanumeric || self == UInt8(ascii: "_") }

  @inline(__always)
  package var isHexDigit: Bool { isASCIIDigit || (self | 0x20) &- 0x61 < 6 }
}
