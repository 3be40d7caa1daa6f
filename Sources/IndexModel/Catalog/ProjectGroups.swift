import StrictJSON

/// Records gathered by project.
///
/// Names are found in a table with open addressing whose hash begins with a number of the run, so
/// that nobody can make names which all fall into one place.
package struct ProjectGroups {
  /// The normalized names, one after the other.
  package private(set) var names: [UInt8] = []
  /// Where each project's name lies in ``names``.
  package private(set) var nameRanges: [TextRange] = []
  /// The indices of the records, ordered by project, each project's in the order of the input.
  package private(set) var order: [UInt32] = []
  /// Where each project's part of ``order`` begins; one more than there are projects.
  package private(set) var starts: [Int] = []

  private var table = [UInt32](repeating: .max, count: 1 << 12)
  private var hashes: [UInt64] = []
  private let seed = UInt64.random(in: .min ... .max) | 1

  package init(_ batch: borrowing RecordBatch) {
    let text = batch.text.span
    let records = batch.records.span
    var projects = [UInt32](repeating: 0, count: records.count)
    var scratch: [UInt8] = []
    var last: UInt32 = .max
    for index in records.indices {
      let record = records[index]
      scratch.removeAll(keepingCapacity: true)
      let filename = text[record.filename]
      ProjectName.appendNormalized(filename.extracting(record.name.name), to: &scratch)
      if last == .max || !names.span[nameRanges[Int(last)]].elementsEqual(scratch.span) {
        last = find(scratch.span)
      }
      projects[index] = last
    }
    count(projects)
  }

  /// The number of a name, a new one if it was not met before.
  private mutating func find(_ name: borrowing Span<UInt8>) -> UInt32 {
    var hash = seed
    for index in name.indices {
      hash = (hash ^ UInt64(name[index])) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    var slot = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
    while table[slot] != .max {
      let project = Int(table[slot])
      if hashes[project] == hash, names.span[nameRanges[project]].elementsEqual(name) {
        return UInt32(project)
      }
      slot = (slot + 1) & (table.count - 1)
    }
    let project = UInt32(nameRanges.count)
    table[slot] = project
    let start = names.count
    names.append(contentsOf: name)
    nameRanges.append(TextRange(start..<names.count))
    hashes.append(hash)
    if nameRanges.count * 2 > table.count { growTable() }
    return project
  }

  private mutating func growTable() {
    table = [UInt32](repeating: .max, count: table.count * 4)
    for (project, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash >> 7) & (table.count - 1)
      while table[slot] != .max { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(project)
    }
  }

  /// Orders the records by the names of their projects, with one counting sort.
  private mutating func count(_ projects: [UInt32]) {
    let byName = (0..<nameRanges.count).sorted { a, b in
      names.span[nameRanges[a]].lexicographicallyPrecedes(names.span[nameRanges[b]])
    }
    var rank = [UInt32](repeating: 0, count: byName.count)
    for (place, project) in byName.enumerated() { rank[project] = UInt32(place) }
    nameRanges = byName.map { nameRanges[$0] }

    var ends = [Int](repeating: 0, count: byName.count + 1)
    for project in projects { ends[Int(rank[Int(project)]) + 1] += 1 }
    for place in 0..<byName.count { ends[place + 1] += ends[place] }
    starts = ends
    order = [UInt32](repeating: 0, count: projects.count)
    for (record, project) in projects.enumerated() {
      let place = Int(rank[Int(project)])
      order[ends[place]] = UInt32(record)
      ends[place] += 1
    }
  }
}
