import IndexPipeline
import IndexRendering
import IndexTransport

/// What of a generation goes into the next one.
struct Survey: Sendable {
  /// A folder that holds something that stays, or that is not Larder's.
  struct Folder: Sendable {
    /// Its path below the generation, with a NUL byte.
    let path: [UInt8]
    /// The names in it of what Larder does not make, each with a NUL byte.
    var foreign: [UInt8] = []
    /// The names in it of pages that stay, each with a NUL byte.
    var pages: [UInt8] = []
  }

  /// The folders, each after those in it.
  private(set) var folders: [Folder] = []
  private let unwritten: Publication.Unwritten
  private let share: TreeShare
  private var path: [UInt8] = []

  /// Looks through one part of a generation.
  ///
  /// - Parameters:
  ///   - generation: The generation.
  ///   - unwritten: What becomes of its pages.
  ///   - share: The part.
  /// - Throws: `IOFailure` when a folder cannot be read.
  init(
    of generation: borrowing Directory,
    _ unwritten: Publication.Unwritten,
    _ share: TreeShare
  ) throws(IOFailure) {
    self.unwritten = unwritten
    self.share = share
    _ = try visit(generation, depth: 0)
  }

  /// Looks through a folder and those in it.
  ///
  /// A folder stays when something in it does, and when nothing in it goes: then it was empty, or
  /// full of such folders, and not Larder's.
  ///
  /// - Returns: Whether something in it goes, or is another part's to look at.
  private mutating func visit(
    _ directory: borrowing Directory,
    depth: Int
  ) throws(IOFailure) -> Bool {
    let foldersBefore = folders.count
    var folder = Folder(path: path.isEmpty ? [UInt8](path: ".") : path + [0])
    var somethingGoes = false
    var ordinal = 0
    var listing = try directory.list()
    while let entry = listing.next() {
      let name = listing.bytes[entry.name]
      let mark = path.count
      if mark > 0 { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: name.dropLast())
      var stays = false
      if try directory.kind(of: entry, in: listing) == .folder {
        ordinal += 1
        if share.includes(folder: ordinal, at: depth) {
          stays = try !visit(Array(name), in: directory, depth: depth + 1)
        }
      } else if share.includesFiles(at: depth) {
        stays = add(name, to: &folder)
      }
      somethingGoes = somethingGoes || !stays
      path.removeSubrange(mark...)
    }
    let holdsSomething = !folder.foreign.isEmpty || !folder.pages.isEmpty
    if holdsSomething || folders.count > foldersBefore || !somethingGoes { folders.append(folder) }
    return somethingGoes
  }

  private mutating func visit(
    _ name: [UInt8],
    in directory: borrowing Directory,
    depth: Int
  ) throws(IOFailure) -> Bool {
    let folder: Directory
    do { folder = try directory.folder(name.span) } catch  where error.code == .missing {
      return true  // someone has removed it in this moment
    }
    do { return try visit(folder, depth: depth) } catch { throw error.below(name.span) }
  }

  /// Adds the file at `path`, unless it goes.
  private func add(_ name: ArraySlice<UInt8>, to folder: inout Folder) -> Bool {
    let project: Range<Int>
    switch PagePath(path.span) {
    case .foreign:
      folder.foreign += name
      return true
    case .root: project = 0..<0
    case .project(let range): project = range
    }
    guard case .kept(let except) = unwritten, !except.contains(Array(path[project])) else {
      return false
    }
    folder.pages += name
    return true
  }
}
