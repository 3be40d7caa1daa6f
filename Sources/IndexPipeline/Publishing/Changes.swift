import IndexRendering
import StrictJSON

/// What a publication does to the pages of a sink.
public struct Changes: Sendable, Equatable {
  /// The paths of pages that were not there, sorted.
  public internal(set) var added: [[UInt8]] = []
  /// The paths of pages that have other bytes, sorted.
  public internal(set) var changed: [[UInt8]] = []
  /// The paths of pages that go, sorted.
  public internal(set) var removed: [[UInt8]] = []
  /// How many pages stay as they are.
  public internal(set) var unchanged = 0
  /// What is done to files; `nil` at a sink that takes none.
  public internal(set) var files: FileChanges?

  /// Whether nothing is to be done.
  public var isEmpty: Bool {
    added.isEmpty && changed.isEmpty && removed.isEmpty
      && files.map { $0.added.isEmpty && $0.removed.isEmpty } ?? true
  }

  /// Appends the members of a JSON object that tells the changes.
  ///
  /// - Parameters:
  ///   - output: Where they go.
  ///   - limit: The most paths to list of each kind; their number is told in any case.
  func appendMembers(to output: inout ByteBuffer, limit: Int) {
    for (key, paths) in [("added", added), ("changed", changed), ("removed", removed)] {
      output.append(member: key, paths.count)
      output.append(member: "\(key)_pages", paths.prefix(limit))
    }
    output.append(member: "unchanged", unchanged)
    if let files {
      output.append(", \"files\": ")
      files.append(to: &output, limit: limit)
    }
  }
}

/// Compares the pages that one core makes with those that a sink holds.
struct ChangeTally: Sendable {
  private let inventory: Inventory
  private var isSeen: [Bool]
  private(set) var changes = Changes()

  init(_ inventory: Inventory) {
    self.inventory = inventory
    isSeen = [Bool](repeating: false, count: inventory.count)
  }

  /// Looks at a page.
  ///
  /// - Returns: Whether the sink does not hold it with these bytes.
  mutating func add(_ path: [UInt8], _ digest: PageDigest) -> Bool {
    guard let entry = inventory.entries[path] else {
      changes.added.append(path)
      return true
    }
    isSeen[entry.number] = true
    if entry.digest == digest {
      changes.unchanged += 1
      return false
    }
    changes.changed.append(path)
    return true
  }

  /// The changes that the tallies of all cores make together.
  static func total(of tallies: [ChangeTally], against inventory: Inventory) -> Changes {
    var total = Changes()
    total.unchanged = inventory.untouched
    var isSeen = [Bool](repeating: false, count: inventory.count)
    for tally in tallies {
      total.added += tally.changes.added
      total.changed += tally.changes.changed
      total.unchanged += tally.changes.unchanged
      for (number, seen) in tally.isSeen.enumerated() where seen { isSeen[number] = true }
    }
    total.removed = inventory.entries.filter { !isSeen[$0.value.number] }.map(\.key)
    total.added.sort { $0.lexicographicallyPrecedes($1) }
    total.changed.sort { $0.lexicographicallyPrecedes($1) }
    total.removed.sort { $0.lexicographicallyPrecedes($1) }
    return total
  }
}
