import StrictJSON

/// Remembers where texts that many records share are stored.
///
/// A small table in which a new text displaces an old one: it saves memory where texts repeat and
/// costs little where they do not.
struct TextInterner: Sendable {
  private var ranges = [TextRange](repeating: .none, count: 1024)

  /// Stores `bytes` in `batch`, or finds them there.
  mutating func store(_ bytes: borrowing Span<UInt8>, in batch: inout RecordBatch) -> TextRange {
    guard !bytes.isEmpty else { return .none }
    var hash: UInt32 = 2_166_136_261
    // The end of a long text tells it from others as a rule; all of it is compared.
    for index in max(0, bytes.count - 256)..<bytes.count {
      hash = (hash ^ UInt32(bytes[index])) &* 16_777_619
    }
    let slot = Int((hash ^ hash >> 15) & 1023)
    let known = ranges[slot]
    if known.bounds.upperBound <= batch.text.count, batch.text.span[known].elementsEqual(bytes) {
      return known
    }
    let range = batch.store(bytes)
    ranges[slot] = range
    return range
  }
}
