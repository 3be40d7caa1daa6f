import IndexModel

/// A distribution of a catalog with the release and the project it belongs to.
struct CatalogPlace {
  private(set) var project = 0
  private(set) var release = 0
  private(set) var distribution = 0

  /// Moves to a distribution.
  ///
  /// - Complexity: O(1) to the next one in the catalog's order, else O(log projects).
  mutating func move(to target: Int, in catalog: borrowing Catalog) {
    distribution = target
    if catalog.releases[release].distributions.contains(target) { return }
    if release + 1 < catalog.projects[project].releases.upperBound,
      catalog.releases[release + 1].distributions.contains(target)
    {
      release += 1
      return
    }
    if !catalog.projects[project].distributions.contains(target) {
      project = Self.firstIndex(in: catalog.projects.indices) {
        target < catalog.projects[$0].distributions.upperBound
      }
    }
    release = Self.firstIndex(in: catalog.projects[project].releases) {
      target < catalog.releases[$0].distributions.upperBound
    }
  }

  /// The first index for which `isPast` holds, as it does for all after it, by halving.
  private static func firstIndex(in range: Range<Int>, where isPast: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let middle = low + (high - low) / 2
      if isPast(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
