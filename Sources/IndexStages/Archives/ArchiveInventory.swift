import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// The pages that an archive holds; all else in it is left unread.
struct ArchiveInventory {
  private let options: ArchiveOptions

  init(_ options: ArchiveOptions) { self.options = options }

  /// The digests of all pages, and the records.
  ///
  /// - Throws: `StageFailure` when there is an archive that cannot be read.
  func read() throws(StageFailure) -> Inventory {
    var inventory = Inventory()
    var compatibleRecords: [UInt8] = []
    try forEachPage { path, content in
      inventory.add(path, PageDigest(content.span))
      if path.span.elementsEqual("larder/records.jsonl") { inventory.records = content }
      if path.span.elementsEqual("packages.json") { compatibleRecords = content }
    }
    if inventory.records.isEmpty { inventory.records = compatibleRecords }
    return inventory
  }

  /// Calls `body` with each page of the archive, and not at all if there is no archive.
  ///
  /// - Throws: `StageFailure` when there is one that cannot be read.
  func forEachPage(
    _ body: (_ path: [UInt8], _ content: [UInt8]) -> Void
  ) throws(StageFailure) {
    do {
      let file = try InputFile.open(options.path)
      guard try file.status().kind == .file else { throw StageFailure.notAFile(options.path) }
      let prefix = options.pathPrefix
      try ArchiveFiles.forEach(
        in: file,
        where: { path in Self.pageStart(in: path, below: prefix) != nil },
        { path, content in
          guard let start = Self.pageStart(in: path.span, below: prefix) else { return }
          body(Array(path[start...]), content)
        }
      )
    } catch let failure as StageFailure {
      throw failure
    } catch let failure as IOFailure where failure.code == .missing {
      return
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: options.path, failure, as: "archive")
    } catch {
      throw StageFailure.unreadable(options.path, "\(error)")
    }
  }

  /// Where in the path of a file that of a page begins; nil if it is no page.
  private static func pageStart(in path: borrowing Span<UInt8>, below prefix: [UInt8]) -> Int? {
    // Archives that `tar` makes of a folder name it.
    var start = path.count > 2 && path.extracting(..<2).elementsEqual("./") ? 2 : 0
    guard path.count - start > prefix.count else { return nil }
    for byte in prefix {
      guard path[start] == byte else { return nil }
      start += 1
    }
    return PagePath(path.extracting(start...)) == .foreign ? nil : start
  }
}
