import StrictJSON

/// A catalog and what was left out of it.
public struct CatalogBuild: Sendable {
  /// The catalog.
  public let catalog: Catalog
  /// The file names that were given twice, by project.
  public let duplicates: [Duplicate]
}

extension Catalog {
  /// Groups and orders all records of a run.
  ///
  /// The catalog does not depend on the order of the records, except that of two records with one
  /// file name the later stays.
  ///
  /// - Parameters:
  ///   - batch: All records.
  ///   - statuses: What projects say of their state, by normalized name; it beats what the batch
  ///     says.
  /// - Complexity: O(n) to group and O(n log n) to order, the latter on all cores.
  public static func build(
    from batch: consuming RecordBatch,
    statuses: [[UInt8]: ProjectStatus] = [:]
  ) async -> CatalogBuild {
    let groups = ProjectGroups(batch)
    let statuses = batch.statuses.merging(statuses) { _, given in given }
    let parts = await sortedParts(of: groups, batch)
    return join(parts, groups, batch, statuses)
  }

  /// Orders each project's records, on all cores.
  private static func sortedParts(
    of groups: ProjectGroups,
    _ batch: RecordBatch
  ) async -> [ReleaseSorter] {
    let shards = groups.shards()
    return await withTaskGroup(of: (Int, ReleaseSorter).self) { group in
      for (number, shard) in shards.enumerated() {
        group.addTask { (number, sort(shard, of: groups, batch)) }
      }
      var parts = [ReleaseSorter?](repeating: nil, count: shards.count)
      for await (number, part) in group { parts[number] = part }
      return parts.compactMap(\.self)
    }
  }

  private static func sort(
    _ shard: Range<Int>,
    of groups: borrowing ProjectGroups,
    _ batch: borrowing RecordBatch
  ) -> ReleaseSorter {
    var sorter = ReleaseSorter()
    for project in shard {
      let name = groups.nameRanges[project].shifted(by: batch.text.count)
      let members = groups.order[groups.starts[project]..<groups.starts[project + 1]]
      sorter.append(name: name, members: members, of: batch)
    }
    return sorter
  }

  /// Makes one catalog of the parts.
  ///
  /// Each array is given up when it was used: with millions of records, two of a kind are too many.
  private static func join(
    _ parts: consuming [ReleaseSorter],
    _ groups: consuming ProjectGroups,
    _ batch: consuming RecordBatch,
    _ statuses: [[UInt8]: ProjectStatus]
  ) -> CatalogBuild {
    batch.records = []
    var (projects, releases, distributions) = ([Project](), [Release](), [Distribution]())
    var duplicates: [Duplicate] = []
    projects.reserveCapacity(groups.nameRanges.count)
    releases.reserveCapacity(parts.reduce(0) { $0 + $1.releases.count })
    distributions.reserveCapacity(parts.reduce(0) { $0 + $1.distributions.count })
    for index in parts.indices {
      var part = ReleaseSorter()
      swap(&part, &parts[index])
      let (release, distribution) = (UInt32(releases.count), UInt32(distributions.count))
      projects.append(
        contentsOf: part.projects.lazy.map {
          $0.shifted(releases: release, distributions: distribution)
        }
      )
      releases.append(
        contentsOf: part.releases.lazy.map { $0.shifted(distributions: distribution) }
      )
      distributions.append(contentsOf: part.distributions)
      duplicates.append(contentsOf: part.duplicates)
    }
    var text: [UInt8] = []
    swap(&text, &batch.text)
    text.append(contentsOf: groups.names)
    let catalog = Catalog(
      text: text,
      projects: projects,
      releases: releases,
      distributions: distributions,
      facts: batch.facts,
      statuses: statuses
    )
    return CatalogBuild(catalog: catalog, duplicates: duplicates)
  }
}

extension ProjectGroups {
  /// Ranges of projects with about the same number of records each.
  fileprivate func shards() -> [Range<Int>] {
    let target = max(4096, order.count / 16)
    var shards: [Range<Int>] = []
    var start = 0
    for project in nameRanges.indices
    where starts[project + 1] - starts[start] >= target || project + 1 == nameRanges.count {
      shards.append(start..<project + 1)
      start = project + 1
    }
    return shards
  }
}

extension Project {
  fileprivate func shifted(releases: UInt32, distributions: UInt32) -> Project {
    Project(
      name: name,
      firstRelease: firstRelease + releases,
      endRelease: endRelease + releases,
      latestRelease: latestRelease + releases,
      firstDistribution: firstDistribution + distributions,
      endDistribution: endDistribution + distributions
    )
  }
}

extension Release {
  fileprivate func shifted(distributions: UInt32) -> Release {
    Release(
      version: version,
      isNormalized: isNormalized,
      stability: stability,
      isYanked: isYanked,
      firstDistribution: firstDistribution + distributions,
      endDistribution: endDistribution + distributions
    )
  }
}
