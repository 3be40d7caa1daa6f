extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { lowercase >= 0x61 && lowercase <= 0x7A }
  var lowercase: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  /// The value of a hexadecimal digit, in any case.
  var hexDigit: UInt8? {
    if isDigit { return self - 0x30 }
    return lowercase >= 0x61 && lowercase <= 0x66 ? lowercase - 0x61 + 10 : nil
  }
}
