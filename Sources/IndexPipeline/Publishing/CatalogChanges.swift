import IndexModel
import StrictJSON

/// What changed from one catalog of an index to the next.
struct CatalogChanges: Sendable {
  /// The indices of the projects of the later catalog that are new or changed.
  private(set) var changed: [Int] = []
  /// The normalized names of projects that changed or are gone.
  private(set) var changedOrGone: Set<[UInt8]> = []
  /// Whether both catalogs have the same projects.
  private(set) var namesAreEqual = true

  /// Whether nothing changed.
  var isEmpty: Bool { changed.isEmpty && changedOrGone.isEmpty }

  /// Compares what the pages of each project are made of.
  ///
  /// - Complexity: O(bytes of the records of both).
  init(from before: Catalog, to after: Catalog) async {
    let was = await Fingerprints(before).projects
    let now = await Fingerprints(after).projects
    var old = 0
    for index in after.projects.indices {
      let name = after.text.span[after.projects[index].name]
      while old < before.projects.count,
        before.text.span[before.projects[old].name].lexicographicallyPrecedes(name)
      {
        markGone(before, old)
        old += 1
      }
      if old < before.projects.count,
        before.text.span[before.projects[old].name].elementsEqual(name)
      {
        if was[old] != now[index] {
          changed.append(index)
          changedOrGone.insert(Array(name))
        }
        old += 1
      } else {
        changed.append(index)
        namesAreEqual = false
      }
    }
    while old < before.projects.count {
      markGone(before, old)
      old += 1
    }
  }

  private mutating func markGone(_ catalog: borrowing Catalog, _ project: Int) {
    changedOrGone.insert(Array(catalog.text.span[catalog.projects[project].name]))
    namesAreEqual = false
  }
}
