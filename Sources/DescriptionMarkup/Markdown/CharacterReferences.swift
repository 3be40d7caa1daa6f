internal import StrictJSON

/// The characters that references such as `&amp;` and `&#8212;` stand for.
///
/// Of the 2,231 names of HTML, these are the ones that descriptions have. Others stay as written.
enum CharacterReferences {
  private static let names: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©",
    "reg": "®", "trade": "™", "mdash": "—", "ndash": "–", "hellip": "…", "middot": "·",
    "bull": "•", "laquo": "«", "raquo": "»", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "harr": "↔", "rArr": "⇒",
    "lArr": "⇐", "times": "×", "divide": "÷", "plusmn": "±", "deg": "°", "micro": "µ", "para": "¶",
    "sect": "§", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³",
    "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "infin": "∞", "euro": "€", "pound": "£",
    "yen": "¥", "cent": "¢", "check": "✓", "cross": "✗", "star": "☆", "starf": "★", "hearts": "♥",
    "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwj": "\u{200D}",
    "zwnj": "\u{200C}", "shy": "\u{AD}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "lsqb": "[",
    "rbrack": "]", "rsqb": "]", "lpar": "(", "rpar": ")", "vert": "|", "verbar": "|", "ast": "*",
    "lowbar": "_", "grave": "`", "bsol": "\\", "sol": "/", "colon": ":", "num": "#", "commat": "@",
    "dollar": "$", "percnt": "%", "excl": "!", "Tab": "\t", "NewLine": "\n", "auml": "ä",
    "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
    "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "acirc": "â", "aring": "å",
    "ccedil": "ç", "iacute": "í", "ntilde": "ñ", "oacute": "ó", "ocirc": "ô", "oslash": "ø",
    "uacute": "ú", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ",
    "Omega": "Ω",
  ]
  private static let maximumCount = 48

  /// What a reference stands for; itself if that is not known.
  ///
  /// - Parameter reference: It with its `&` and its `;`.
  static func text(of reference: borrowing Span<UInt8>) -> [UInt8] {
    guard reference.count > 3, reference[reference.count - 1] == UInt8(ascii: ";") else {
      return Array(reference)
    }
    let name = reference.extracting(1..<reference.count - 1)
    if name[0] == UInt8(ascii: "#") {
      return character(numbered: name.extracting(1..<name.count)) ?? Array(reference)
    }
    return names[String(decoding: name)].map { Array($0.utf8) } ?? Array(reference)
  }

  /// A text with its references put in.
  ///
  /// - Complexity: O(bytes).
  static func decoded(_ text: borrowing Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      let end = index + 1 + nameCount(in: text, from: index + 1)
      if text[index] == UInt8(ascii: "&"), end < text.count, text[end] == UInt8(ascii: ";") {
        bytes += self.text(of: text.extracting(index..<end + 1))
        index = end + 1
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return bytes
  }

  private static func nameCount(in text: borrowing Span<UInt8>, from start: Int) -> Int {
    guard text[start - 1] == UInt8(ascii: "&") else { return 0 }
    var index = start
    while index < text.count, index - start < maximumCount {
      let byte = text[index]
      let isName = byte == UInt8(ascii: "#") || byte.isLetter || byte.isDigit
      if !isName { break }
      index += 1
    }
    return index - start
  }

  private static func character(numbered digits: borrowing Span<UInt8>) -> [UInt8]? {
    let isHex = digits.count > 1 && digits[0] | 0x20 == UInt8(ascii: "x")
    var value: UInt32 = 0
    for index in (isHex ? 1 : 0)..<digits.count {
      guard let digit = digits[index].hexDigit, isHex || digit < 10 else { return nil }
      value = min(value * (isHex ? 16 : 10) + UInt32(digit), 0x11_0000)
    }
    let isControl = value < 0x20 && value != 9 && value != 10 || (0x7F..<0xA0).contains(value)
    let scalar = isControl ? nil : Unicode.Scalar(value)
    return Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter.
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// Whether it is an ASCII digit.
  var isDigit: Bool { self &- 0x30 < 10 }
}
