import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// The pages that an archive holds; all else in it is left unread.
struct ArchiveInventory {
  private let options: ArchiveOptions

  init(_ options: ArchiveOptions) { self.options = options }

  /// What the archive says that it holds; the digests of all its pages if it does not say so, or
  /// if it was made another way and has to be made anew.
  ///
  /// - Throws: `StageFailure` when there is an archive that cannot be read.
  func read() throws(StageFailure) -> Inventory {
    if try isMadeTheSameWay(), let manifest = try page(Manifest.path) {
      do throws(Manifest.Problem) {
        return Inventory(try Manifest(manifest)) { try page("larder/records.jsonl") ?? [] }
      } catch {
        throw StageFailure(unreadableManifestOf: options.path, error)
      }
    }
    var inventory = Inventory()
    var compatibleRecords: [UInt8] = []
    try forEachPage { path, content in
      inventory.add(path, PageDigest(content.span))
      if path.span.elementsEqual("larder/records.jsonl") { inventory.records = content }
      if path.span.elementsEqual("packages.json") { compatibleRecords = content }
      return true
    }
    if inventory.records.isEmpty { inventory.records = compatibleRecords }
    return inventory
  }

  /// Whether the archive is whole, and made by the same options.
  private func isMadeTheSameWay() throws(StageFailure) -> Bool {
    try opened { file throws in try ArchiveEnds(options).stand(in: file) } ?? false
  }

  /// The bytes of a page; nil if there is none.
  ///
  /// Pages of the whole index stand before those of projects, so that little is read.
  private func page(_ wanted: String) throws(StageFailure) -> [UInt8]? {
    var found: [UInt8]?
    try forEachPage(where: { $0.elementsEqual(wanted.utf8) }) { _, content in
      found = content
      return false
    }
    return found
  }

  /// Calls `body` with each page of the archive until it says that it saw enough, and not at all if
  /// there is no archive.
  ///
  /// - Parameters:
  ///   - isWanted: Whether the content of a page is of interest.
  ///   - body: Takes the path and the content, and says whether to go on.
  /// - Throws: `StageFailure` when there is an archive that cannot be read, or that has files and
  ///   no page.
  func forEachPage(
    where isWanted: (ArraySlice<UInt8>) -> Bool = { _ in true },
    _ body: (_ path: [UInt8], _ content: [UInt8]) -> Bool
  ) throws(StageFailure) {
    let prefix = options.pathPrefix
    var (hasFiles, hasPages) = (false, false)
    try opened { file throws in
      try ArchiveFiles.forEach(
        in: file,
        where: { path in
          hasFiles = true
          guard let start = Self.pageStart(in: path, below: prefix) else { return false }
          hasPages = true
          return isWanted(Array(path.extracting(start...))[...])
        },
        { path, content in
          guard let start = Self.pageStart(in: path.span, below: prefix) else { return true }
          return body(Array(path[start...]), content)
        }
      )
    }
    if hasFiles && !hasPages { throw StageFailure.unreadable(options.path, options.noPage) }
  }

  /// Opens the archive; nil if there is none.
  private func opened<Value>(
    _ body: (borrowing InputFile) throws -> Value
  ) throws(StageFailure) -> Value? {
    do {
      let file = try InputFile.open(options.path)
      guard try file.status().kind == .file else { throw StageFailure.notAFile(options.path) }
      return try body(file)
    } catch let failure as StageFailure {
      throw failure
    } catch let failure as IOFailure where failure.code == .missing {
      return nil
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: options.path, failure, as: "archive")
    } catch let failure as LibraryFailure {
      throw StageFailure.compressing(options.path, failure)
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

extension ArchiveOptions {
  fileprivate var noPage: String {
    let place = prefix.isEmpty ? "at its root" : "in its folder \"\(prefix)\""
    return "it has files, but no page of an index \(place)"
  }
}
