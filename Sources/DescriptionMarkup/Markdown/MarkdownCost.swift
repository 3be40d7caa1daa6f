internal import StrictJSON

/// What libmd4c 0.4 takes more time for than a text is long.
enum MarkdownCost {
  /// How many marks of lists and quotes a line may begin with: each line asks all of those before.
  private static let maximumMarks = 200
  /// How many lines times brackets paragraphs may have: each bracket counts lines.
  private static let maximumProduct = 200_000_000

  /// Whether a text takes libmd4c little more time than it is long.
  ///
  /// - Complexity: O(bytes).
  static func isSmall(_ text: borrowing Span<UInt8>) -> Bool {
    var isBeforeText = true
    var (marks, lines, brackets, product) = (0, 0, 0, 0)
    for index in 0..<text.count {
      switch text[index] {
      case 0x0A:
        lines += 1
        if isBeforeText {
          product += lines * brackets
          (lines, brackets) = (0, 0)
        }
        (isBeforeText, marks) = (true, 0)
      case 0x20, 0x09, 0x30...0x39: break
      case UInt8(ascii: ">"): if isBeforeText { marks += 1 }
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."),
        UInt8(ascii: ")"):
        // Of a list only with space behind it: lines of hyphens are everyday.
        if isBeforeText, index + 1 == text.count || text[index + 1] <= 0x20 { marks += 1 }
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        brackets += 1
        isBeforeText = false
      default: isBeforeText = false
      }
      if marks > maximumMarks { return false }
    }
    return product + lines * brackets <= maximumProduct
  }
}
