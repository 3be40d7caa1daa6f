/// What an item of a list begins with.
struct ListMark {
  /// The bullet, or how the number is set: `.`, `)`, or `(` for both parentheses.
  let sign: UInt8
  let isBullet: Bool
  /// The number, if it is one in digits.
  private(set) var number: Int?
  private let isLetters: Bool
  /// How many bytes there are before the text.
  let width: Int

  /// Reads the mark of a line, if it has one.
  init?(_ line: TextLine, _ bytes: [UInt8]) {
    let first = bytes.byte(0, of: line)
    var index = 0
    if first == UInt8(ascii: "*") || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      (sign, isBullet, number, isLetters) = (first, true, nil, false)
      index = 1
    } else if bytes.starts(line, with: "•") {
      (sign, isBullet, number, isLetters) = (0xE2, true, nil, false)
      index = 3
    } else {
      let isEnclosed = first == UInt8(ascii: "(")
      if isEnclosed { index = 1 }
      let start = index
      while index < start + 9, bytes.byte(index, of: line).isNumeral { index += 1 }
      let numeral = bytes[line.start + start..<line.start + index]
      let end = bytes.byte(index, of: line)
      let isEnded = end == UInt8(ascii: ")") || end == UInt8(ascii: ".") && !isEnclosed
      guard !numeral.isEmpty, isEnded else { return nil }
      let isDigits = numeral.allSatisfy(\.isDigit)
      let isAuto = numeral.elementsEqual("#".utf8)
      let isRoman = numeral.allSatisfy { "ivxlcIVXLC".utf8.contains($0) }
      guard isDigits || isAuto || numeral.count == 1 || isRoman else { return nil }
      index += 1
      sign = isEnclosed ? first : end
      isBullet = false
      isLetters = !isDigits && !isAuto
      number = isDigits ? numeral.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }
    let next = bytes.byte(index, of: line)
    guard next == 0x20 || line.start + index == line.end else { return nil }
    while bytes.byte(index, of: line) == 0x20 { index += 1 }
    width = line.start + index == line.end ? index + 1 : index
  }

  /// Whether the item belongs to the list of the one before.
  func follows(_ previous: ListMark) -> Bool {
    guard sign == previous.sign, isBullet == previous.isBullet else { return false }
    guard isLetters == previous.isLetters else { return number == nil && !isLetters }
    guard let number, let before = previous.number else { return true }
    return number == before + 1
  }

  /// The mark with the number that it has after another one.
  func after(_ previous: ListMark?) -> ListMark {
    guard number == nil, let before = previous?.number else { return self }
    var numbered = self
    numbered.number = before + 1
    return numbered
  }
}

extension UInt8 {
  fileprivate var isNumeral: Bool { isDigit || isLetter || self == UInt8(ascii: "#") }
}
