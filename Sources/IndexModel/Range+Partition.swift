extension Range<Int> {
  /// The first index for which a test holds that holds for all after it; the upper bound if there is
  /// none.
  ///
  /// - Complexity: O(log n) tests.
  package func partitionIndex(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
