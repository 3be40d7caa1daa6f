/// A run of bytes inside a text of at most 65,535 bytes, in half the room of a `Range<Int>`.
struct TextRange: BitwiseCopyable, Sendable, Equatable {
  var start: UInt16
  var end: UInt16

  static let empty = TextRange(start: 0, end: 0)

  var isEmpty: Bool { start == end }
  var count: Int { Int(end) - Int(start) }

  init(start: UInt16, end: UInt16) {
    self.start = start
    self.end = end
  }

  /// - Parameter bounds: Offsets from 0 to 65,535.
  init(_ bounds: Range<Int>) {
    start = UInt16(bounds.lowerBound)
    end = UInt16(bounds.upperBound)
  }

  var bounds: Range<Int> { Int(start)..<Int(end) }
}
