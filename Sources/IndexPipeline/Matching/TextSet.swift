import StrictJSON

/// A set of texts that numbers them in the order they came.
///
/// A table with open addressing whose hash begins with a number of the run, so that nobody can
/// make texts which all fall into one place. To look a text up allocates nothing.
public struct TextSet: Sendable {
  private var text: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [UInt64] = []
  private var table = [UInt32](repeating: .max, count: 16)
  private let seed = UInt64.random(in: .min ... .max) | 1

  /// Creates an empty set.
  public init() {}

  /// The number of texts.
  public var count: Int { hashes.count }

  /// The number of a text, if it is in the set.
  public func number(of key: borrowing Span<UInt8>) -> Int? {
    guard count > 0 else { return nil }
    let found = table[slot(of: key, hash: hash(key))]
    return found == .max ? nil : Int(found)
  }

  /// Adds a text that is not there yet.
  ///
  /// - Returns: Its number.
  @discardableResult
  public mutating func insert(_ key: borrowing Span<UInt8>) -> Int {
    let hash = hash(key)
    let slot = slot(of: key, hash: hash)
    if table[slot] != .max { return Int(table[slot]) }
    table[slot] = UInt32(count)
    hashes.append(hash)
    text.append(contentsOf: key)
    ends.append(text.count)
    if count * 2 > table.count { grow() }
    return count - 1
  }

  /// Where the text is in the table, or may be put.
  private func slot(of key: borrowing Span<UInt8>, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
    while table[slot] != .max {
      let number = Int(table[slot])
      if hashes[number] == hash,
        text.span.extracting(ends[number]..<ends[number + 1]).elementsEqual(key)
      {
        return slot
      }
      slot = (slot + 1) & (table.count - 1)
    }
    return slot
  }

  private func hash(_ key: borrowing Span<UInt8>) -> UInt64 {
    var hash = seed
    for index in key.indices {
      hash = (hash ^ UInt64(key[index])) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  private mutating func grow() {
    table = [UInt32](repeating: .max, count: table.count * 4)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
      while table[slot] != .max { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(number)
    }
  }
}
