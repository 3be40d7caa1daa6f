import IndexModel
import StrictJSON

/// Projects shared out to pages by how their names begin, so that a new one changes few small pages.
///
/// Where more names begin alike than a page holds, those whose next byte is the same have a page of
/// their own, if they are many. Which page has a name depends on the names beside it alone, not on
/// how many there are before it.
struct PrefixTree: Sendable {
  /// A page.
  struct Node: Sendable {
    /// What its names begin with.
    let prefix: [UInt8]
    /// The beginnings of the pages that lead to it, without that of the first.
    let path: [[UInt8]]
    /// What the names of the pages begin with that go on from here.
    let next: [[UInt8]]
    /// Whether names are left out that no other page has: too many are the same from here on.
    let isCut: Bool
    /// Its projects, as indices of the catalog, in order.
    let projects: [Int]
  }

  /// A name, or a part of one, by which a project is found.
  private struct Entry: BitwiseCopyable {
    let project: UInt32
    let start: UInt16
  }

  /// How many names a page holds before it is split.
  private let capacity: Int
  /// How many of the shortest names that went to other pages are on a page too.
  private let shortestNames: Int
  /// The names that begin alike and still have no page of their own.
  private var fewNames: Int { capacity / 20 }
  /// The longest beginning: names of files have an end.
  private static var longestPrefix: Int { 64 }

  /// The pages; each is behind those that go on from it, and the last one is the first to read.
  private(set) var nodes: [Node] = []

  /// The tree of whole names, each on one page.
  static func names(of catalog: borrowing Catalog) -> PrefixTree {
    var tree = PrefixTree(capacity: 1000, shortestNames: 0)
    let entries = catalog.projects.indices.map { Entry(project: UInt32($0), start: 0) }
    tree.add(entries, prefix: [], below: nil, catalog)
    return tree
  }

  /// The tree of names and of what stands behind each `-` in them.
  ///
  /// A page that others go on from has the shortest names of theirs too: those are what to show of
  /// too many. Many names that end with the same part are there in the same way.
  static func parts(of catalog: borrowing Catalog) -> PrefixTree {
    var tree = PrefixTree(capacity: 2000, shortestNames: 100)
    var entries: [Entry] = []
    entries.reserveCapacity(catalog.projects.count * 2)
    let text = catalog.text.span
    for index in catalog.projects.indices {
      let name = text[catalog.projects[index].name]
      entries.append(Entry(project: UInt32(index), start: 0))
      for place in name.indices where name[place] == UInt8(ascii: "-") {
        entries.append(Entry(project: UInt32(index), start: UInt16(place + 1)))
      }
    }
    tree.add(entries, prefix: [], below: nil, catalog)
    return tree
  }

  private init(capacity: Int, shortestNames: Int) {
    self.capacity = capacity
    self.shortestNames = shortestNames
  }

  /// Adds the page of entries that begin alike, and those that go on from it.
  ///
  /// - Parameter path: The beginnings of the pages that lead to it; nil for the first.
  /// - Returns: What all of them begin with, which may be more than was known.
  @discardableResult
  private mutating func add(
    _ entries: [Entry],
    prefix: [UInt8],
    below path: [[UInt8]]?,
    _ catalog: borrowing Catalog
  ) -> [UInt8] {
    guard entries.count > capacity, prefix.count < Self.longestPrefix else {
      addNode(prefix, below: path ?? [], [], entries)
      return prefix
    }
    let groups = Self.groups(of: entries, at: prefix.count, catalog)
    // A page whose only way leads to one other is of no use; the search begins at one for all.
    let isRoot = path == nil && shortestNames > 0
    if !isRoot, let only = groups.firstIndex(where: { $0.count == entries.count }), only > 0 {
      return add(entries, prefix: prefix + [UInt8(only)], below: path, catalog)
    }
    var own: [Entry] = []
    var next: [[UInt8]] = []
    var isCut = false
    for byte in groups.indices where !groups[byte].isEmpty {
      let group = groups[byte]
      // Names that end here cannot be told apart by a next byte.
      let endsHere = byte == 0
      if group.count <= fewNames || endsHere && shortestNames == 0 {
        own += group
      } else if endsHere {
        isCut = true
      } else {
        let start = prefix + [UInt8(byte)]
        next.append(add(group, prefix: start, below: path.map { $0 + [prefix] } ?? [], catalog))
      }
    }
    addNode(
      prefix,
      below: path ?? [],
      next,
      own + shortest(entries, catalog),
      isCut: isCut
    )
    return prefix
  }

  private mutating func addNode(
    _ prefix: [UInt8],
    below path: [[UInt8]],
    _ next: [[UInt8]],
    _ entries: [Entry],
    isCut: Bool = false
  ) {
    // They mostly are in order, and sorting them is then one look at each.
    var projects = entries.map { Int($0.project) }.sorted()
    var last = -1
    projects.removeAll { project in
      defer { last = project }
      return project == last
    }
    nodes.append(
      Node(prefix: prefix, path: path, next: next, isCut: isCut, projects: projects)
    )
  }

  /// The entries by the byte behind their common beginning; first those that end there.
  private static func groups(
    of entries: [Entry],
    at depth: Int,
    _ catalog: borrowing Catalog
  ) -> [[Entry]] {
    let text = catalog.text.span
    var groups = [[Entry]](repeating: [], count: 256)
    for entry in entries {
      let name = text[catalog.projects[Int(entry.project)].name]
      let place = Int(entry.start) + depth
      groups[place < name.count ? Int(name[place]) : 0].append(entry)
    }
    return groups
  }

  /// The entries with the shortest names, of those as long the first.
  ///
  /// - Complexity: O(entries).
  private func shortest(_ entries: [Entry], _ catalog: borrowing Catalog) -> [Entry] {
    if shortestNames == 0 { return [] }
    var byLength = [[Entry]](repeating: [], count: 256)
    for entry in entries {
      let length = min(catalog.projects[Int(entry.project)].name.count, 255)
      if byLength[length].count < shortestNames { byLength[length].append(entry) }
    }
    return Array(byLength.joined().prefix(shortestNames))
  }
}
