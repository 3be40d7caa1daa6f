public import IndexRendering

/// The pages that a sink holds now.
///
/// A sink that cannot be read throws: that is never the same as one that holds nothing.
public struct Inventory: Sendable {
  struct Entry {
    let number: Int
    let digest: PageDigest
  }

  private(set) var entries: [[UInt8]: Entry] = [:]
  /// The bytes of `larder/records.jsonl`, which say what distributions the pages are made of.
  public var records: [UInt8] = []

  /// Whether the sink can say what it holds; all pages then count as new.
  public let isKnown: Bool

  /// Creates the inventory of a sink that holds nothing.
  public init() { isKnown = true }

  private init(isKnown: Bool) { self.isKnown = isKnown }

  /// The inventory of a sink that cannot say what it holds.
  public static let unknown = Inventory(isKnown: false)

  /// Whether it can be told what distributions the pages are made of.
  var tellsRecords: Bool { isKnown && (entries.isEmpty || !records.isEmpty) }

  /// The number of pages.
  public var count: Int { entries.count }

  /// Adds a page.
  ///
  /// - Parameters:
  ///   - path: Its path, relative to the root of the index.
  ///   - digest: The digest of its bytes.
  public mutating func add(_ path: [UInt8], _ digest: PageDigest) {
    entries[path] = Entry(number: entries.count, digest: digest)
  }

  /// The normalized names of the projects that have a simple page, sorted.
  var projects: [[UInt8]] {
    let (prefix, suffix) = (Array("simple/".utf8), Array("/index.html".utf8))
    return entries.keys
      .filter { path in
        path.count > prefix.count + suffix.count && path.starts(with: prefix)
          && path.suffix(suffix.count).elementsEqual(suffix)
      }
      .map { Array($0[prefix.count..<($0.count - suffix.count)]) }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }
}
