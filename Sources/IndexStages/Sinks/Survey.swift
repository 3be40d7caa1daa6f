import IndexPipeline
import IndexRendering
import IndexTransport

/// What of a generation goes into the next one.
struct Survey: Sendable {
  /// A folder that holds something that stays, or that is not Larder's.
  struct Folder: Sendable {
    /// Its path below the generation, with a NUL byte.
    let path: [UInt8]
    /// The number of folders around it; 0 for the generation itself.
    let depth: Int
    /// Whether Larder has no page in it or below, so that it looks as others want it to.
    var isForeign = false
    /// The names in it of what Larder does not make, each with a NUL byte.
    var foreign: [UInt8] = []
    /// The names in it of pages that stay, each with a NUL byte.
    var pages: [UInt8] = []
    /// The names in it of compressed copies that stay if their pages do, each with a NUL byte.
    var copies: [UInt8] = []
  }

  /// The folders, each after those in it.
  private(set) var folders: [Folder] = []
  /// The paths of the pages of the whole index and their copies, each with a NUL byte; they do not
  /// stay.
  private(set) var rootPages: [[UInt8]] = []
  private let unwritten: Publication.Unwritten
  private let removedFiles: Set<[UInt8]>
  private let copies: PageCopies
  private let share: TreeShare
  private let since: FileTime?
  private var path: [UInt8] = []

  /// Looks through one part of a generation.
  ///
  /// - Parameters:
  ///   - generation: The generation.
  ///   - unwritten: What becomes of its pages.
  ///   - removedFiles: The paths of files beside them that Larder published, and that go.
  ///   - copies: Which compressed copies of pages are Larder's.
  ///   - share: The part.
  ///   - since: A time; what lies in innermost folders that did not change since is left out.
  /// - Throws: `IOFailure` when a folder cannot be read.
  init(
    of generation: borrowing Directory,
    _ unwritten: Publication.Unwritten,
    removing removedFiles: Set<[UInt8]> = [],
    copies: PageCopies = .none,
    _ share: TreeShare,
    since: FileTime? = nil
  ) throws(IOFailure) {
    self.since = since
    self.unwritten = unwritten
    self.removedFiles = removedFiles
    self.copies = copies
    self.share = share
    _ = try visit(generation, depth: 0)
  }

  /// What was seen in a folder and in those in it.
  private struct Sight {
    /// Whether something goes, or is another part's to look at.
    var somethingGoes = false
    /// Whether there is a page of Larder's.
    var hasPages = false
  }

  /// Looks through a folder and those in it.
  ///
  /// A folder stays when something in it does, and when nothing in it goes: then it was empty, or
  /// full of such folders, and not Larder's.
  private mutating func visit(
    _ directory: borrowing Directory,
    depth: Int
  ) throws(IOFailure) -> Sight {
    let foldersBefore = folders.count
    var folder = Folder(path: path + [0], depth: depth)
    var sight = Sight()
    var listing = try directory.list()
    while let entry = listing.next() {
      let name = listing.bytes[entry.name]
      let mark = path.count
      if mark > 0 { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: name.dropLast())
      if try directory.kind(of: entry, in: listing) == .folder {
        if share.includes(folder: listing.bytes.span.extracting(entry.name), at: depth) {
          let inner = try visit(Array(name), in: directory, depth: depth + 1)
          sight.somethingGoes = sight.somethingGoes || inner.somethingGoes
          sight.hasPages = sight.hasPages || inner.hasPages
        } else {
          sight.somethingGoes = true
        }
      } else if share.includesFiles(at: depth) {
        add(name, to: &folder, &sight)
      } else {
        sight.somethingGoes = true
      }
      path.removeSubrange(mark...)
    }
    folder.isForeign = !sight.hasPages
    let holdsFiles = !folder.foreign.isEmpty || !folder.pages.isEmpty
    if holdsFiles || folders.count > foldersBefore || !sight.somethingGoes {
      folders.append(folder)
    }
    return sight
  }

  private mutating func visit(
    _ name: [UInt8],
    in directory: borrowing Directory,
    depth: Int
  ) throws(IOFailure) -> Sight {
    if let since, let status = try directory.status(of: name.span),
      status.links == 2 && status.changed < since
    {
      return Sight(somethingGoes: true)
    }
    let folder: Directory
    do {
      folder = try directory.folder(name.span)
    } catch let error where error.code == .missing {
      return Sight(somethingGoes: true)  // someone has removed it in this moment
    }
    do { return try visit(folder, depth: depth) } catch { throw error.below(name.span) }
  }

  /// Adds the file at `path`, unless it goes.
  private mutating func add(
    _ name: ArraySlice<UInt8>,
    to folder: inout Folder,
    _ sight: inout Sight
  ) {
    let copy = copies.copy(at: path)
    let page = copy?.page ?? path
    let project: Range<Int>
    switch PagePath(page.span) {
    case .foreign:
      if removedFiles.contains(path) { sight.somethingGoes = true } else { folder.foreign += name }
      return
    case .root:
      rootPages.append(path + [0])
      project = 0..<0
    case .project(let range): project = range
    }
    sight.hasPages = true
    if let copy {
      // It alone is no reason for a folder to stay.
      sight.somethingGoes = true
      if copies.kept.contains(copy.coding), stays(page[project]) { folder.copies += name }
    } else if !path.elementsEqual(Manifest.path.utf8), stays(page[project]) {
      folder.pages += name
    } else {
      // A manifest that is not written anew would say what is not so any more.
      sight.somethingGoes = true
    }
  }

  /// Whether the pages of a project stay; those of no project have an empty name.
  private func stays(_ project: ArraySlice<UInt8>) -> Bool {
    guard case .kept(let except) = unwritten else { return false }
    return !except.contains(Array(project))
  }
}
