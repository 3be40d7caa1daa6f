/// Finds what a person meant who wrote a word that is not known.
enum Suggestion {
  /// `did you mean "…"?` with the word that was meant, or nothing if that is not clear.
  static func text(
    for word: String,
    among words: [String],
    synonyms: [(String, String)] = []
  ) -> String {
    self.word(for: word, among: words, synonyms: synonyms).map { "did you mean \"\($0)\"?" } ?? ""
  }

  /// The word that was meant: one with that synonym, else one that the given word contains, else
  /// the nearest by letters, else none.
  ///
  /// - Parameters:
  ///   - word: What was written.
  ///   - words: What would be right.
  ///   - synonyms: Other words, each with the right one.
  static func word(
    for word: String,
    among words: [String],
    synonyms: [(String, String)] = []
  ) -> String? {
    let given = lowercased(word)
    if let known = synonyms.first(where: { lowercased($0.0) == given }) { return known.1 }
    return contained(in: given, words) ?? nearest(to: given, words)
  }

  /// The longest of `words` that is a part of `given` between hyphens and the like, or its start.
  private static func contained(in given: [UInt8], _ words: [String]) -> String? {
    let parts = given.split { $0 &- 0x61 >= 26 && $0 &- 0x30 >= 10 }
    let found = words.filter { word in
      let word = lowercased(word)
      // Short words start many others by chance.
      let isStart = word.count > 2 && given.count > word.count && given.starts(with: word)
      return isStart || parts.count > 1 && parts.contains { $0.elementsEqual(word) }
    }
    return found.max { $0.utf8.count < $1.utf8.count }
  }

  private static func nearest(to given: [UInt8], _ words: [String]) -> String? {
    words.map { (word: $0, distance: distance(given, lowercased($0))) }
      .filter { $0.distance <= max(1, given.count / 3) }
      .min { $0.distance < $1.distance }?.word
  }

  private static func lowercased(_ word: String) -> [UInt8] {
    word.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
  }

  /// The number of bytes to insert, delete, replace or swap to make `b` of `a`; 1 if both have the
  /// same bytes.
  ///
  /// - Complexity: O(a · b).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    // A word of great length is no slip of the finger, and its distance would take long.
    if a.count > b.count + 64 { return .max }
    // The right letters in another order are one slip, however many places they moved.
    if a.count > 2, a != b, a.sorted() == b.sorted() { return 1 }
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
