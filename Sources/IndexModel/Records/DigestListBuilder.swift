import StrictJSON

/// Gathers the digests of one record after the other, and reuses its buffers.
struct DigestListBuilder: Sendable {
  /// Why a digest cannot be added.
  enum Problem: Error {
    /// No installer could use it.
    case unusable(DigestList.Problem)
    /// The record has another one by the same algorithm.
    case conflicting
  }

  private struct Entry {
    let rank: UInt8
    let name: Range<Int>
    let whole: Range<Int>
  }

  private var text: [UInt8] = []
  private var entries: [Entry] = []

  /// Whether no digest was added.
  var isEmpty: Bool { entries.isEmpty }

  /// Forgets the digests.
  mutating func removeAll() {
    text.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }

  /// Adds a digest; one that is there already is left as it is.
  mutating func append(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>
  ) throws(Problem) {
    let start = text.count
    do throws(DigestList.Problem) {
      try DigestList.appendNormalized(name: name, value: value, to: &text)
    } catch {
      text.removeSubrange(start...)
      throw .unusable(error)
    }
    let new = entry(start..<text.count, nameCount: name.count)
    guard let known = entries.first(where: { equal($0.name, new.name) }) else {
      entries.append(new)
      return
    }
    let isSame = equal(known.whole, new.whole)
    text.removeSubrange(start...)
    if !isSame { throw .conflicting }
  }

  private func equal(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    text.span.extracting(a).elementsEqual(text.span.extracting(b))
  }

  private func entry(_ whole: Range<Int>, nameCount: Int) -> Entry {
    let name = whole.lowerBound..<whole.lowerBound + nameCount
    let rank = HashAlgorithm(text.span.extracting(name))?.rawValue ?? .max
    return Entry(rank: rank, name: name, whole: whole)
  }

  /// Stores the list of the digests in `batch`, as ``DigestList`` orders them.
  mutating func store(in batch: inout RecordBatch) -> TextRange {
    if entries.count == 1 { return batch.store(text.span) }
    let span = text.span
    let sorted = entries.sorted { a, b in
      a.rank == b.rank
        ? span.extracting(a.whole).lexicographicallyPrecedes(span.extracting(b.whole))
        : a.rank < b.rank
    }
    var list: [UInt8] = []
    for (index, entry) in sorted.enumerated() {
      if index > 0 { list.append(UInt8(ascii: ";")) }
      list.append(contentsOf: span.extracting(entry.whole))
    }
    return batch.store(list.span)
  }
}
