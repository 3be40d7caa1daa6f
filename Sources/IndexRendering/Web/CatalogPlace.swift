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
      let projects = catalog.projects
      project = projects.indices.partitionIndex { target < projects[$0].distributions.upperBound }
    }
    let releases = catalog.releases
    release = catalog.projects[project].releases.partitionIndex {
      target < releases[$0].distributions.upperBound
    }
  }
}
