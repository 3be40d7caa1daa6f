import StrictJSON

/// What changed from one catalog of an index to the next.
public struct CatalogChanges: Sendable {
  /// The indices of the projects of the later catalog that are new or changed.
  public private(set) var changed: [Int] = []
  /// The normalized names of projects that changed or are gone.
  public private(set) var changedOrGone: Set<[UInt8]> = []
  /// Whether both catalogs have the same projects.
  public private(set) var namesAreEqual = true

  /// Whether nothing changed.
  public var isEmpty: Bool { changed.isEmpty && changedOrGone.isEmpty }

  /// Compares two catalogs, project by project.
  ///
  /// - Complexity: O(distributions of both).
  public init(from before: borrowing Catalog, to after: borrowing Catalog) {
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
        if Self.records(of: old, before) != Self.records(of: index, after) {
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

  /// The records of a project as JSON lines, which say all that is known.
  private static func records(of project: Int, _ catalog: borrowing Catalog) -> [UInt8] {
    var lines = ByteBuffer(minimumCapacity: 4096)
    for index in catalog.projects[project].distributions {
      let distribution = catalog.distributions[index]
      RecordEncoder.append(
        filename: catalog.text.span[distribution.filename],
        facts: catalog.facts(of: distribution),
        text: catalog.text.span,
        to: &lines
      )
    }
    return Array(lines.span)
  }
}
