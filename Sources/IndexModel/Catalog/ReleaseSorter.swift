import StrictJSON

/// Orders the distributions of projects and groups them into releases.
///
/// One sorter serves the projects of a shard and reuses its buffers.
struct ReleaseSorter {
  private struct Item {
    /// The first eight bytes of the key, which decide most comparisons.
    var prefix: UInt64
    var key: Range<UInt32>
    var versionEnd: UInt32
    var record: UInt32
  }

  private(set) var releases: [Release] = []
  private(set) var distributions: [Distribution] = []
  private(set) var projects: [Project] = []
  private(set) var duplicates: [Duplicate] = []
  private var keys: [UInt8] = []
  private var items: [Item] = []

  /// Adds a project.
  ///
  /// - Parameters:
  ///   - name: Its normalized name.
  ///   - members: The indices of its records, in the order of the input.
  ///   - batch: All records.
  mutating func append(
    name: TextRange,
    members: ArraySlice<UInt32>,
    of batch: borrowing RecordBatch
  ) {
    makeKeys(members, batch)
    let keys = self.keys
    if items.count > 1 {
      items.sort { a, b in
        if a.prefix != b.prefix { return a.prefix < b.prefix }
        let (left, right) = (keys.span.extracting(a.key.bounds), keys.span.extracting(b.key.bounds))
        if left.lexicographicallyPrecedes(right) { return true }
        // The later of two lines with one file name comes last, and wins.
        return a.record < b.record && left.elementsEqual(right)
      }
    }
    let firstRelease = releases.count
    let firstDistribution = distributions.count
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, haveOneVersion(items[start], items[end]) { end += 1 }
      appendRelease(start..<end, batch)
      start = end
    }
    projects.append(
      Project(
        name: name,
        firstRelease: UInt32(firstRelease),
        endRelease: UInt32(releases.count),
        latestRelease: UInt32(latest(from: firstRelease)),
        firstDistribution: UInt32(firstDistribution),
        endDistribution: UInt32(distributions.count)
      )
    )
  }

  private mutating func makeKeys(_ members: ArraySlice<UInt32>, _ batch: borrowing RecordBatch) {
    keys.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    let text = batch.text.span
    for member in members {
      let record = batch.records[Int(member)]
      let filename = text[record.filename]
      let start = keys.count
      DistributionSortKey.appendVersion(filename.extracting(record.name.version), to: &keys)
      let versionEnd = keys.count
      DistributionSortKey.appendFile(filename, kind: record.name.kind, to: &keys)
      var prefix: UInt64 = 0
      for place in start..<start + 8 {
        prefix = prefix << 8 | (place < keys.count ? UInt64(keys[place]) : 0)
      }
      items.append(
        Item(
          prefix: prefix,
          key: UInt32(start)..<UInt32(keys.count),
          versionEnd: UInt32(versionEnd),
          record: member
        )
      )
    }
  }

  private func haveOneVersion(_ a: Item, _ b: Item) -> Bool {
    let (left, right) = (a.key.lowerBound..<a.versionEnd, b.key.lowerBound..<b.versionEnd)
    return keys.span.extracting(left.bounds).elementsEqual(keys.span.extracting(right.bounds))
  }

  private func areOneFile(_ a: Item, _ b: Item) -> Bool {
    keys.span.extracting(a.key.bounds).elementsEqual(keys.span.extracting(b.key.bounds))
  }

  private mutating func appendRelease(_ range: Range<Int>, _ batch: borrowing RecordBatch) {
    let first = distributions.count
    var isYanked = true
    var lastCopy = range.lowerBound
    for index in range {
      let record = batch.records[Int(items[index].record)]
      if lastCopy < index { lastCopy = index }
      while lastCopy + 1 < range.upperBound, areOneFile(items[index], items[lastCopy + 1]) {
        lastCopy += 1
      }
      if index < lastCopy {
        let kept = batch.records[Int(items[lastCopy].record)]
        duplicates.append(Duplicate(dropped: record, kept: kept, in: batch))
        continue
      }
      isYanked = isYanked && record.facts >= 0 && batch.facts[Int(record.facts)].isYanked
      distributions.append(
        Distribution(filename: record.filename, name: record.name, facts: record.facts)
      )
    }
    let distribution = distributions[first]
    let version =
      distribution.name.version.isEmpty
      ? TextRange.none
      : TextRange(
        distribution.filename.offset + distribution.name.version.lowerBound..<distribution.filename
          .offset + distribution.name.version.upperBound
      )
    let (stability, isNormalized) = Self.classify(
      batch.text.span[version],
      isValid: distribution.name.hasValidVersion
    )
    releases.append(
      Release(
        version: version,
        isNormalized: isNormalized,
        stability: stability,
        isYanked: isYanked,
        firstDistribution: UInt32(first),
        endDistribution: UInt32(distributions.count)
      )
    )
  }

  private static func classify(
    _ version: borrowing Span<UInt8>,
    isValid: Bool
  ) -> (Release.Stability, isNormalized: Bool) {
    if version.isEmpty { return (.unknown, true) }
    guard isValid, let scan = VersionScan.scan(version) else { return (.legacy, true) }
    return (scan.isPrerelease ? .prerelease : .final, scan.isNormalized(version))
  }

  /// The index of the release that a person who names no version wants.
  private func latest(from first: Int) -> Int {
    var best = first
    for index in first..<releases.count {
      let (candidate, current) = (releases[index], releases[best])
      if candidate.isYanked != current.isYanked {
        if current.isYanked { best = index }
      } else if candidate.stability >= current.stability {
        best = index
      }
    }
    return best
  }
}

extension Range where Bound == UInt32 {
  fileprivate var bounds: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}
