/// A set of bytes, such as that of `[a-z]`.
struct ByteClass: Sendable, Equatable {
  private var words = InlineArray<4, UInt64>(repeating: 0)

  /// No byte.
  init() {}

  /// Every byte.
  static let all = ByteClass().inverted

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] & 1 << UInt64(byte & 63) != 0
  }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  /// The bytes that are not in this set.
  var inverted: ByteClass {
    var inverted = self
    for index in 0..<4 { inverted.words[index] = ~words[index] }
    return inverted
  }

  /// The set with each of its bytes spelled as `spelling` wants.
  func spelled(_ spelling: Glob.Spelling) -> ByteClass {
    var spelled = ByteClass()
    for byte in UInt8.min...UInt8.max where contains(byte) { spelled.insert(spelling.byte(byte)) }
    return spelled
  }

  static func == (a: ByteClass, b: ByteClass) -> Bool {
    (0..<4).allSatisfy { a.words[$0] == b.words[$0] }
  }
}
