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
    // A lone digit becomes nine bytes, no byte becomes more, and the end takes another nine.
    key.append(addingCapacity: 9 * (text.count + 1)) { write(text, to: &$0) }
  }

  private static func write(_ text: Span<UInt8>, to key: inout OutputSpan<UInt8>) {
    key.append(terminator)
    var place = 0
    while place < text.count {
      let kind = Kind(text[place])
      let start = place
      repeat { place += 1 } while place < text.count && kind.isRun && Kind(text[place]) == kind
      append(start..<place, kind, of: text, to: &key)
    }
    append(word: "final", isPrerelease: false, to: &key)
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

  /// Ends each part, and the list of them.
  ///
  /// It starts the key too, so that each part stands between two of them.
  private static let terminator: UInt8 = 0

  private static func append(
    _ bounds: Range<Int>,
    _ kind: Kind,
    of text: Span<UInt8>,
    to key: inout OutputSpan<UInt8>
  ) {
    switch kind {
    case .dot: break
    case .dash: append(word: "final-", isPrerelease: false, to: &key)
    case .digits:
      for _ in 0..<max(0, 8 - bounds.count) { key.append(UInt8(ascii: "0")) }
      key.append(bounds, of: text)
      key.append(terminator)
    case .letters where text.spells("dev", in: bounds):
      append(word: "@", isPrerelease: true, to: &key)
    case .letters
    where text.spells("pre", in: bounds) || text.spells("preview", in: bounds)
      || text.spells("rc", in: bounds):
      append(word: "c", isPrerelease: true, to: &key)
    case .letters, .others:
      dropFillers(beforePrerelease: text.precedes("final", in: bounds), of: &key)
      key.append(UInt8(ascii: "*"))
      for place in bounds {
        key.append(text[place].lowercased)
        // A zero byte of the text must not look like a terminator, and must sort above one.
        if text[place] == 0 { key.append(0xFF) }
      }
      key.append(terminator)
    }
  }

  private static func append(
    word: String,
    isPrerelease: Bool,
    to key: inout OutputSpan<UInt8>
  ) {
    dropFillers(beforePrerelease: isPrerelease, of: &key)
    key.append(UInt8(ascii: "*"))
    key.append(word)
    key.append(terminator)
  }

  /// Drops the dashes before a pre-release word, and the zeros before any word.
  private static func dropFillers(beforePrerelease: Bool, of key: inout OutputSpan<UInt8>) {
    if beforePrerelease { drop("*final-", of: &key) }
    drop("00000000", of: &key)
  }

  /// Drops all parts at the end of the key that are `filler`.
  private static func drop(_ filler: String, of key: inout OutputSpan<UInt8>) {
    let size = filler.utf8.count + 1
    while key.count > size, key[key.count - size - 1] == terminator,
      key.span.spells(filler, in: (key.count - size)..<(key.count - 1))
    {
      key.removeLast(size)
    }
  }
}

extension Span<UInt8> {
  /// Whether the bytes in `bounds`, in lower case, come before `word`.
  fileprivate func precedes(_ word: String, in bounds: Range<Int>) -> Bool {
    var place = bounds.lowerBound
    for expected in word.utf8 {
      guard place < bounds.upperBound else { return true }
      let byte = self[place].lowercased
      if byte != expected { return byte < expected }
      place += 1
    }
    return false
  }
}
