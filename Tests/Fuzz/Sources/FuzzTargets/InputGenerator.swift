/// Draws numbers that depend on the bytes of an input only (SplitMix64).
struct InputGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ input: [UInt8]) {
    state = input.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// Cuts bytes into chunks: single bytes, a few or many, as networks and bad luck deliver them.
  mutating func chunks(of count: Int) -> [Range<Int>] {
    let most = [1, 7, 100, 5000].randomElement(using: &self) ?? 1
    var chunks: [Range<Int>] = []
    var start = 0
    while start < count {
      let end = min(count, start + Int.random(in: 1...most, using: &self))
      chunks.append(start..<end)
      start = end
    }
    return chunks
  }
}
