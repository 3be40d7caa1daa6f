/// The order of versions that PEP 440 refuses, as setuptools and pip had it before PEP 440.
///
/// A version is a list of numbers and words, compared one by one. Words below `final`, such as
/// `beta`, come before the end of a version, all other words and numbers after it.
public enum LegacyVersion {
  /// Appends a key that sorts, byte by byte and a prefix first, among other such keys and below the
  /// key of every version that PEP 440 takes.
  ///
  /// Keys are equal when the old order knows no difference, as between `1-x` and `1.-x`. No key is
  /// the start of another, so that more may follow it. Only ASCII letters lose their case and only
  /// ASCII digits make numbers.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - key: What to append to.
  /// - Complexity: O(`text.count`).
  public static func appendSortKey(of text: Span<UInt8>, to key: inout [UInt8]) {
    key.append(terminator)
    var place = 0
    while place < text.count {
      let kind = Kind(text[place])
      let start = place
      repeat { place += 1 } while place < text.count && kind.isRun && Kind(text[place]) == kind
      append(start..<place, kind, of: text, to: &key)
    }
    append(word: "final", to: &key)
    key.append(terminator)
  }

  /// What a version is parted into: dots and dashes stand alone, the others are runs.
  private enum Kind {
    case digits, letters, dot, dash, others

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "."): self = .dot
      case UInt8(ascii: "-"): self = .dash
      case _ where byte.isDigit: self = .digits
      case _ where byte.lowercased.isLowercaseLetter: self = .letters
      default: self = .others
      }
    }

    var isRun: Bool { self != .dot && self != .dash }
  }

  /// Ends each part, and the list of them. It starts the key too, so that a part always stands
  /// between two of them.
  private static let terminator: UInt8 = 0

  private static func append(
    _ bounds: Range<Int>,
    _ kind: Kind,
    of text: Span<UInt8>,
    to key: inout [UInt8]
  ) {
    switch kind {
    case .dot: break
    case .dash: append(word: "final-", to: &key)
    case .digits:
      for _ in 0..<max(0, 8 - bounds.count) { key.append(UInt8(ascii: "0")) }
      key.append(bounds, of: text)
      key.append(terminator)
    case .letters where text.spells("dev", in: bounds): append(word: "@", to: &key)
    case .letters
    where text.spells("pre", in: bounds) || text.spells("preview", in: bounds)
      || text.spells("rc", in: bounds):
      append(word: "c", to: &key)
    case .letters, .others:
      let start = key.count
      key.append(UInt8(ascii: "*"))
      for place in bounds {
        key.append(text[place].lowercased)
        // A zero byte of the text must not look like a terminator, and must sort above one.
        if text[place] == 0 { key.append(0xFF) }
      }
      key.append(terminator)
      dropFillers(before: start, of: &key)
    }
  }

  private static func append(word: String, to key: inout [UInt8]) {
    let start = key.count
    key.append(UInt8(ascii: "*"))
    key.append(contentsOf: word.utf8)
    key.append(terminator)
    dropFillers(before: start, of: &key)
  }

  /// Drops the dashes before a pre-release word, and the zeros before any word.
  ///
  /// - Parameter start: Where the word, the last part of the key, starts.
  private static func dropFillers(before start: Int, of key: inout [UInt8]) {
    var end = start
    if key[start...].lexicographicallyPrecedes("*final".utf8) {
      drop("*final-", before: &end, of: key)
    }
    drop("00000000", before: &end, of: key)
    key.removeSubrange(end..<start)
  }

  /// Moves `end` before each part that is `filler`.
  private static func drop(_ filler: String, before end: inout Int, of key: [UInt8]) {
    let size = filler.utf8.count + 1
    while end > size, key[end - size - 1] == terminator,
      key[(end - size)..<(end - 1)].elementsEqual(filler.utf8)
    {
      end -= size
    }
  }
}
