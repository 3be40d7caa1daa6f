/// Sorts paths by their bytes, eight at a time: most paths of an index begin alike, and comparing
/// them one with another would look at the same bytes again and again.
struct PathSorter {
  private struct Item {
    var word: UInt64
    let number: Int
  }

  private let paths: [UInt8]
  private let ranges: [Range<Int>]
  private var items: [Item]

  /// - Parameters:
  ///   - paths: The bytes of all paths, none of which is NUL.
  ///   - ranges: Where each path is.
  init(_ paths: [UInt8], _ ranges: [Range<Int>]) {
    (self.paths, self.ranges) = (paths, ranges)
    items = ranges.indices.map { Item(word: 0, number: $0) }
  }

  /// The numbers of the paths in their order; equal ones in that of their numbers.
  mutating func sorted() -> [Int] {
    var work: [(range: Range<Int>, depth: Int)] = [(0..<items.count, 0)]
    while let (range, depth) = work.popLast() {
      for index in range { items[index].word = word(of: items[index].number, at: depth) }
      items[range].sort { ($0.word, $0.number) < ($1.word, $1.number) }
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start + 1
        while end < range.upperBound, items[end].word == items[start].word { end += 1 }
        // A last byte that is zero is behind the end of the path.
        if end - start > 1, items[start].word & 0xFF != 0 { work.append((start..<end, depth + 8)) }
        start = end
      }
    }
    return items.map(\.number)
  }

  /// The eight bytes of a path from `depth` on, the first one highest, zeros behind its end.
  private func word(of number: Int, at depth: Int) -> UInt64 {
    let path = ranges[number]
    let bytes = paths.span
    var word: UInt64 = 0
    for offset in 0..<8 {
      let place = path.lowerBound + depth + offset
      word = word << 8 | (place < path.upperBound ? UInt64(bytes[place]) : 0)
    }
    return word
  }
}
