/// Finds what a person meant who mistyped a word.
package enum Suggestion {
  /// `did you mean "…"?` with the nearest word, or nothing if none is near.
  package static func text(for word: String, among words: [String]) -> String {
    let near = words.map { (word: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
      .filter { $0.distance <= max(1, word.utf8.count / 3) }
      .min { $0.distance < $1.distance }
    return near.map { "did you mean \"\($0.word)\"?" } ?? ""
  }

  /// The number of bytes to insert, delete, replace or swap to make `b` of `a`.
  ///
  /// - Complexity: O(a · b).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(row[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
        row.append(best)
      }
      (older, previous) = (previous, row)
    }
    return previous[b.count]
  }
}
