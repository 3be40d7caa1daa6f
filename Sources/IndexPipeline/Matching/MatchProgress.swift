/// Which values of a matcher were met so far, and which ones hold for the present record.
struct MatchProgress: Sendable {
  private let count: Int
  /// A bit for each value.
  private var met: [UInt64]
  /// How many values were not met yet.
  private(set) var unmetCount: Int
  /// The values that hold for the present record, and the complements of the nodes that do not.
  private(set) var witness: [Int32] = []

  init(count: Int) {
    self.count = count
    met = [UInt64](repeating: 0, count: (count + 63) / 64)
    unmetCount = count
  }

  @inline(__always)
  func isMet(_ value: Int) -> Bool { met[value >> 6] & 1 << UInt64(value & 63) != 0 }

  @inline(__always)
  mutating func meet(_ value: Int) {
    if isMet(value) { return }
    met[value >> 6] |= 1 << UInt64(value & 63)
    unmetCount -= 1
  }

  /// Whether one of some values was not met yet.
  @inline(__always)
  func hasUnmet(in values: Range<Int>) -> Bool {
    unmetCount > 0 && values.contains { !isMet($0) }
  }

  /// Takes over what another task met.
  mutating func merge(_ other: borrowing MatchProgress) {
    unmetCount = count
    for index in met.indices {
      met[index] |= other.met[index]
      unmetCount -= met[index].nonzeroBitCount
    }
  }

  @inline(__always)
  mutating func testify(_ entry: Int32) { witness.append(entry) }

  @inline(__always)
  mutating func forgetWitness(from count: Int) {
    if witness.count > count { witness.removeSubrange(count...) }
  }
}
