/// The numbers, words and signs of a text of a listing, one by one.
struct ListingTokens {
  /// One of them.
  enum Token: Hashable {
    /// A number of at most 15 digits, and how many it has.
    case number(Int, digits: Int)
    /// Letters, in lower case.
    case word([UInt8])
    /// A sign that is neither.
    case sign(UInt8)
    /// Where a cell of a table begins.
    case cell
  }

  private(set) var tokens: [Token] = []
  /// Whether there is space before each token.
  private(set) var hasSpace: [Bool] = []

  init(_ text: borrowing Span<UInt8>) {
    var index = 0
    var isSpaced = true
    while index < text.count {
      let byte = text[index]
      if byte.isDigit {
        append(number(in: text, at: &index), isSpaced)
      } else if byte.isLetter {
        var word: [UInt8] = []
        while index < text.count, text[index].isLetter {
          word.append(text[index].lowercase)
          index += 1
        }
        append(.word(word), isSpaced)
      } else {
        index += 1
        // Bytes of other scripts and of no-break spaces are as good as space here.
        isSpaced = byte <= 0x20 || byte >= 0x80
        if byte == 0x1F { append(.cell, true) }
        if !isSpaced { append(.sign(byte), isSpaced) }
        continue
      }
      isSpaced = false
    }
  }

  private mutating func append(_ token: Token, _ isSpaced: Bool) {
    tokens.append(token)
    hasSpace.append(isSpaced)
  }

  private func number(in text: borrowing Span<UInt8>, at index: inout Int) -> Token {
    var value = 0
    let start = index
    while index < text.count, text[index].isDigit {
      if index - start < 15 { value = value * 10 + Int(text[index] - 0x30) }
      index += 1
    }
    return .number(value, digits: index - start)
  }

  var count: Int { tokens.count }

  /// The number at a place, if it has at most 15 digits.
  func number(_ index: Int) -> (value: Int, digits: Int)? {
    guard tokens.indices.contains(index), case .number(let value, let digits) = tokens[index],
      digits <= 15
    else { return nil }
    return (value, digits)
  }

  func word(_ index: Int) -> [UInt8]? {
    guard tokens.indices.contains(index), case .word(let word) = tokens[index] else { return nil }
    return word
  }

  func sign(_ index: Int) -> UInt8? {
    guard tokens.indices.contains(index), case .sign(let sign) = tokens[index] else { return nil }
    return sign
  }

  /// Whether a token stands alone in its cell, or has space around it.
  func isAlone(_ range: Range<Int>) -> Bool {
    let after = range.upperBound
    return hasSpace[range.lowerBound]
      && (after == count || hasSpace[after] || tokens[after] == .cell)
  }

  /// The month that a word begins with, from 1 on.
  func month(_ index: Int) -> Int? {
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard let word = word(index), word.count >= 3 else { return nil }
    return months.firstIndex { word.starts(with: $0.utf8) }.map { $0 + 1 }
  }
}
