import IndexModel
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
  /// Reads them, if that is worth waiting for only where they are needed.
  public var readRecords: (@Sendable () async throws -> [UInt8])?
  /// What the sink says of its pages, if it does.
  public let manifest: Manifest?
  /// The files of distributions that Larder published beside the pages, by their paths.
  public private(set) var files: [[UInt8]: PublishedFile] = [:]
  /// Whether the sink can say what it holds; all pages then count as new.
  public let isKnown: Bool
  /// The pages that are known to stay as they are, and are not among the entries.
  private(set) var untouched = 0

  /// Creates the inventory of a sink that holds nothing.
  public init() { self.init(isKnown: true) }

  /// Creates the inventory of a sink that has a manifest.
  ///
  /// - Parameter readRecords: Reads `larder/records.jsonl`.
  public init(
    _ manifest: Manifest,
    readRecords: @escaping @Sendable () async throws -> [UInt8]
  ) {
    self.manifest = manifest
    self.readRecords = readRecords
    isKnown = true
    files = manifest.files
  }

  private init(isKnown: Bool) {
    self.isKnown = isKnown
    manifest = nil
  }

  /// The inventory with its manifest read out page by page, for a place that an earlier publication
  /// left unfinished: all pages are made anew and compared.
  ///
  /// - Parameters:
  ///   - trustsPages: Whether the pages are as the manifest says; if not, all count as changed.
  ///   - leftovers: Pages and files beside those of the manifest, which may be there.
  /// - Throws: `Manifest.Problem` if the manifest names what is no page.
  public func unfinished(
    trustsPages: Bool,
    leftovers: [[UInt8]]
  ) throws(Manifest.Problem) -> Inventory {
    let opened = try opened()
    var unfinished = Inventory()
    unfinished.entries = trustsPages ? opened.entries : opened.distrusted.entries
    unfinished.records = records
    unfinished.readRecords = readRecords
    unfinished.files = files
    unfinished.add(leftovers: leftovers)
    return unfinished
  }

  /// Adds the files that a manifest tells of, for a place whose pages are not as it says.
  public mutating func add(filesOf manifest: Manifest) { files = manifest.files }

  /// Adds what a run may have left that died, pages and files; of what is no such path, it is not
  /// believed.
  public mutating func add(leftovers: [[UInt8]]) {
    for path in leftovers {
      if FilePath.isAllowed(path) {
        files[path] = files[path] ?? .uncertain
      } else if PagePath(path.span) != .foreign, entries[path] == nil {
        add(path, .ofNothing)
      }
    }
  }

  /// The inventory of a sink that cannot say what it holds.
  public static let unknown = Inventory(isKnown: false)

  /// Whether it can be told what distributions the pages are made of.
  var tellsRecords: Bool {
    isKnown && (entries.isEmpty || !records.isEmpty || readRecords != nil)
  }

  /// The number of entries.
  public var count: Int { entries.count }

  /// Adds a page.
  ///
  /// - Parameters:
  ///   - path: Its path, relative to the root of the index.
  ///   - digest: The digest of its bytes.
  public mutating func add(_ path: [UInt8], _ digest: PageDigest) {
    // It says what the others are, and is no part of what they say.
    if path.elementsEqual(Manifest.path.utf8) { return }
    entries[path] = Entry(number: entries[path]?.number ?? entries.count, digest: digest)
  }

  /// The inventory of which only the paths are believed: every page then counts as changed.
  var distrusted: Inventory {
    var distrusted = self
    distrusted.entries = entries.mapValues { Entry(number: $0.number, digest: .ofNothing) }
    return distrusted
  }

  /// The inventory with the pages as entries that a publication can change.
  ///
  /// - Parameter unchanged: The projects whose pages stay as they are.
  /// - Throws: `Manifest.Problem` if the manifest names what is no page.
  func opened(unchanged: Set<[UInt8]> = []) throws(Manifest.Problem) -> Inventory {
    guard let manifest else { return self }
    var opened = self
    for project in manifest.projects {
      if unchanged.contains(project.name) {
        opened.untouched += project.pageCount
      } else {
        for page in try manifest.pages(of: project) { opened.add(page.path, page.digest) }
      }
    }
    for page in try manifest.rootPages() { opened.add(page.path, page.digest) }
    return opened
  }
}
