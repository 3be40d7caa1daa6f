import StrictJSON

/// A file name that stands in the input twice.
public struct Duplicate: Sendable {
  /// The file name.
  public let filename: String
  /// The line whose record was dropped, or 0.
  public let droppedLine: Int
  /// The line whose record stays, or 0.
  public let keptLine: Int
  /// Whether the two name different bytes: a digest or a size differs.
  public let isConflict: Bool

  package init(dropped: Record, kept: Record, in batch: borrowing RecordBatch) {
    filename = String(decoding: batch.text.span[dropped.filename])
    droppedLine = Int(dropped.line)
    keptLine = Int(kept.line)
    let (a, b) = (batch.facts(of: dropped), batch.facts(of: kept))
    let hashesDiffer =
      !a.hashes.isEmpty && !b.hashes.isEmpty
      && Self.conflict(batch.text.span[a.hashes], batch.text.span[b.hashes])
    let sizesDiffer = a.exactSize.flatMap { size in b.exactSize.map { $0 != size } } ?? false
    isConflict = hashesDiffer || sizesDiffer
  }

  /// Whether two lists give different values for one algorithm.
  private static func conflict(_ a: borrowing Span<UInt8>, _ b: borrowing Span<UInt8>) -> Bool {
    var differs = false
    let other = Array(b)
    DigestList.forEach(in: a) { name, value in
      DigestList.forEach(in: other.span) { otherName, otherValue in
        if name.elementsEqual(otherName) && !value.elementsEqual(otherValue) { differs = true }
      }
    }
    return differs
  }
}
