/// A part of something: a number, or a percentage.
public enum Share: Sendable, Equatable, CustomStringConvertible {
  /// So many, of however many there are.
  case count(Int)
  /// So many of each hundred.
  case percent(Int)

  /// How many of `total` it is, rounded down.
  public func amount(of total: Int) -> Int {
    switch self {
    case .count(let count): return count
    case .percent(let percent):
      let (hundreds, rest) = total.quotientAndRemainder(dividingBy: 100)
      return hundreds * percent + rest * percent / 100
    }
  }

  /// The share as pipeline files write it, such as `10` or `5 %`.
  public var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .percent(let percent): "\(percent) %"
    }
  }

  /// Reads a percentage from 0 to 100, such as `5%`.
  init?(percentage text: String) {
    let bytes = Array(text.utf8)
    guard bytes.last == UInt8(ascii: "%"), let number = Quantity.number(bytes.dropLast()),
      number <= 100
    else { return nil }
    self = .percent(number)
  }
}
