extension ListingSize {
  /// The first size among some tokens of a listing.
  ///
  /// A number without a unit is a size in bytes if nothing touches it. K, M, G and T are powers of
  /// 1024, also where a server writes kB, as all known ones count so.
  init?(_ text: ListingTokens, in range: Range<Int>) {
    for start in range {
      guard let number = Amount(text, at: start, before: range.upperBound) else { continue }
      let word = number.end < range.upperBound ? text.word(number.end) : nil
      if let word, let unit = Self.units[word] {
        guard text.isAlone(start..<number.end + 1), let value = number.scaled(by: unit) else {
          continue
        }
        self = unit == 1 ? .exact(value) : .approximate(value, step: number.step(of: unit))
        return
      }
      if number.decimals == 0, text.isAlone(start..<number.end) {
        self = .exact(number.digits)
        return
      }
    }
    return nil
  }

  private static let units: [[UInt8]: Int] = {
    var units: [[UInt8]: Int] = [:]
    for word in ["b", "byte", "bytes"] { units[Array(word.utf8)] = 1 }
    for (power, letter) in ["k", "m", "g", "t"].enumerated() {
      for word in [letter, letter + "b", letter + "ib"] {
        units[Array(word.utf8)] = 1 << (10 * (power + 1))
      }
    }
    return units
  }()
}

/// `80757`, `80,757` or `818.8`, and where it ends.
private struct Amount {
  var digits: Int
  var decimals = 0
  var end: Int

  init?(_ text: ListingTokens, at start: Int, before limit: Int) {
    guard let first = text.number(start), text.hasSpace[start] else { return nil }
    digits = first.value
    end = start + 1
    while end + 1 < limit, text.sign(end) == UInt8(ascii: ","), let group = text.number(end + 1),
      group.digits == 3, digits < 1_000_000_000_000
    {
      digits = digits * 1000 + group.value
      end += 2
    }
    if end + 1 < limit, text.sign(end) == UInt8(ascii: "."), let rest = text.number(end + 1),
      rest.digits <= 3, digits < 1_000_000_000
    {
      for _ in 0..<rest.digits { digits *= 10 }
      digits += rest.value
      decimals = rest.digits
      end += 2
    }
  }

  private var divisor: Int { [1, 10, 100, 1000][decimals] }

  func scaled(by unit: Int) -> Int? {
    let (product, isTooLarge) = digits.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : product / divisor
  }

  /// Servers cut or round: the true size is within one of the last digit.
  func step(of unit: Int) -> Int { (unit + divisor - 1) / divisor }
}
