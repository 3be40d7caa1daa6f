import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// Reads the pages of an index in a folder, and leaves all else there unread.
struct PageInventory: Sendable {
  private(set) var pages: [(path: [UInt8], digest: PageDigest)] = []
  private(set) var records: [UInt8] = []
  private var compatibleRecords: [UInt8] = []
  private let copies: PageCopies
  private let share: TreeShare
  private var path: [UInt8] = []

  /// Reads one part of an index.
  ///
  /// A page whose compressed copies are not as they are to be counts as another page.
  ///
  /// - Throws: `IOFailure` when a folder or a page cannot be read.
  init(
    of index: borrowing Directory,
    _ copies: PageCopies,
    _ share: TreeShare
  ) throws(IOFailure) {
    self.copies = copies
    self.share = share
    try visit(index, depth: 0)
    if records.isEmpty { records = compatibleRecords }
  }

  /// What the folder holds, read on two cores.
  ///
  /// - Throws: `IOFailure` when a folder or a page cannot be read.
  static func read(
    _ copies: PageCopies = .none,
    _ open: @escaping @Sendable () throws -> Directory?
  ) async throws -> Inventory {
    var inventory = Inventory()
    try await withThrowingTaskGroup(of: PageInventory?.self) { group in
      for number in 0..<2 {
        group.addTask {
          guard let index = try open() else { return nil }
          return try PageInventory(of: index, copies, TreeShare(number, of: 2))
        }
      }
      for try await part in group {
        guard let part else { continue }
        // The intent goes last of all, when nothing is left over.
        for page in part.pages where page.path != PublicationIntent.path {
          inventory.add(page.path, page.digest)
        }
        if !part.records.isEmpty { inventory.records = part.records }
      }
    }
    return inventory
  }

  private mutating func visit(
    _ directory: borrowing Directory,
    depth: Int
  ) throws(IOFailure) {
    var listing = try directory.list()
    while let entry = listing.next() {
      let name = Array(listing.bytes[entry.name])
      let mark = path.count
      if mark > 0 { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: name.dropLast())
      let kind = try directory.kind(of: entry, in: listing)
      if kind == .folder {
        if share.includes(folder: name.span, at: depth) {
          try visit(directory.folder(name.span), depth: depth + 1)
        }
      } else if kind == .file, share.includesFiles(at: depth) {
        try add(name, in: directory)
      }
      path.removeSubrange(mark...)
    }
  }

  private mutating func add(
    _ name: [UInt8],
    in directory: borrowing Directory
  ) throws(IOFailure) {
    if PagePath(path.span) == .foreign { return try add(copy: name, in: directory) }
    let content = try directory.input(name.span).rest()
    var isRight = true
    if copies.concern(path) { isRight = try copies.areRight(for: name, content, in: directory) }
    pages.append((path, isRight ? PageDigest(content.span) : .ofNothing))
    if path.span.elementsEqual("larder/records.jsonl") { records = content }
    if path.span.elementsEqual("packages.json") { compatibleRecords = content }
  }

  /// Adds the page of a copy that is left over, so that it goes or is written.
  private mutating func add(
    copy name: [UInt8],
    in directory: borrowing Directory
  ) throws(IOFailure) {
    guard let page = copies.copy(at: path)?.page else { return }
    let start = page.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let pageName = page[start...] + [0]
    if try directory.status(of: pageName.span) == nil { pages.append((page, .ofNothing)) }
  }
}
