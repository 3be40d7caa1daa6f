import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// A folder whose pages are replaced one by one, for those that cannot be replaced as a whole.
///
/// Where a power cut must leave whole pages, the bytes of a page are on the device before it gets its
/// name. To wait for the device once for many pages, pages wait for each other.
final class FolderStore: RemoteStore {
  let title: String
  let context = StageContext(.sink, id: "filesystem")
  let concurrency = coreCount
  let isLocked = true
  let notices: [String]
  private let folder: Directory
  /// Held until the end of the publication.
  private let lock: PagesLock
  private let durable: Bool
  /// Where a page lies until all of it is there.
  private let state: Directory
  private let number = Counter()
  private let waiting = Mutex<[Waiting]>([])

  /// A page that has all its bytes, but not its name.
  private struct Waiting {
    let key: [UInt8]
    let temporary: [UInt8]
    let role: PageRole
  }

  private static let prefix = Array(".larder-new-".utf8)

  /// Opens the folder, and removes what a publication left that was killed.
  ///
  /// - Throws: `IOFailure` when the folder cannot be written.
  init(
    _ folder: consuming Directory,
    _ lock: consuming PagesLock,
    durable: Bool,
    title: String,
    notices: [String]
  ) throws(IOFailure) {
    self.title = title
    self.notices = notices
    self.durable = durable
    state = try folder.descend([UInt8](path: "larder").span, makingFolders: true)
    try Self.sweep(state)
    self.folder = folder
    self.lock = lock
  }

  private static func sweep(_ state: borrowing Directory) throws(IOFailure) {
    var listing = try state.list()
    while let entry = listing.next() {
      let name = Array(listing.bytes.span.extracting(entry.name))
      if name.starts(with: prefix) { try state.removeFile(name.span) }
    }
  }

  func name(of key: [UInt8]) -> String { "\(title)/\(String(decoding: key, as: UTF8.self))" }

  func read(_ key: [UInt8], knowing known: RemoteObject?) async throws -> RemoteObject? {
    do throws(IOFailure) {
      let place = try PagePlace(of: key, in: folder)
      return RemoteObject(content: try place.content(), validators: nil)
    } catch  where error.code == .missing {
      return nil
    } catch {
      throw failure(error, at: key)
    }
  }

  func put(_ page: RemotePage, at key: [UInt8], if condition: RemoteCondition) async throws -> Bool
  {
    do throws(IOFailure) {
      let place = try PagePlace(of: key, in: folder, makingFolders: true)
      let present = try place.folder.status(of: place.name.span)
      if condition == .absent, present != nil { return false }
      let new = Self.prefix + Array("\(number.next())".utf8) + [0]
      try state.write(new.span, page.content.span, modified: Self.time(after: present))
      if durable, !page.tellsOfOthers {
        waiting.withLock { $0.append(Waiting(key: key, temporary: new, role: page.role)) }
        return true
      }
      // What a page tells of must be there after a power cut too, and then itself.
      if durable { try folder.syncFilesystem() }
      try place.folder.rename(new.span, from: state, to: place.name.span)
      if durable { try place.folder.sync() }
      return true
    } catch {
      throw failure(error, at: key)
    }
  }

  func presence(of file: OutgoingFile) async throws -> FilePresence {
    try FilePresence(of: file, in: folder)
  }

  func send(_ file: OutgoingFile) async throws {
    let source = try await LocalFile.open(file)
    let new = Self.prefix + Array("\(number.next())".utf8) + [0]
    do {
      let output = try state.create(new.span)
      try source.copy(to: output, at: name(of: file.path))
      if durable { try output.sync() }
      try output.close()
      let place = try PagePlace(of: file.path, in: folder, makingFolders: true)
      try place.folder.rename(new.span, from: state, to: place.name.span)
    } catch let failed as IOFailure {
      throw failure(failed, at: file.path)
    } catch {
      // What cannot be removed now is removed by the next publication.
      try? state.removeFile(new.span)
      throw error
    }
  }

  var settlesObjects: Bool { durable }

  func settle(_ settled: (PageRole) -> Void) async throws {
    let pages = waiting.withLock { pages in
      defer { pages = [] }
      return pages
    }
    guard let first = pages.first else { return }
    do throws(IOFailure) { try folder.syncFilesystem() } catch {
      throw failure(error, at: first.key)
    }
    for page in pages {
      do throws(IOFailure) {
        let place = try PagePlace(of: page.key, in: folder)
        try place.folder.rename(page.temporary.span, from: state, to: place.name.span)
      } catch {
        throw failure(error, at: page.key)
      }
      settled(page.role)
    }
  }

  /// A time that tells a page from the one before it, for servers that look at whole seconds.
  private static func time(after present: FileStatus?) -> FileTime? {
    guard let present, present.modified.seconds >= FileTime.now.seconds else { return nil }
    return FileTime(seconds: present.modified.seconds + 1)
  }

  func remove(_ keys: [[UInt8]]) async throws -> [RemoteLeftover] {
    var leftovers: [RemoteLeftover] = []
    for key in keys {
      try Task.checkCancellation()
      do throws(IOFailure) {
        let place = try PagePlace(of: key, in: folder)
        try place.folder.removeFile(place.name.span)
        removeEmptyFolders(around: key)
      } catch  where error.code == .missing {
        continue
      } catch {
        leftovers.append(RemoteLeftover(key: key, reason: "\(error)"))
      }
    }
    // Where the intent goes, what it tells of must not come back.
    if durable, keys != [PublicationIntent.path] {
      do throws(IOFailure) { try folder.syncFilesystem() } catch {
        leftovers = keys.map { RemoteLeftover(key: $0, reason: "\(error)") }
      }
    }
    return leftovers
  }

  /// Removes the folders that a page leaves empty; the kernel refuses to remove others.
  private func removeEmptyFolders(around key: [UInt8]) {
    var path = key
    while let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      path.removeSubrange(slash...)
      do throws(IOFailure) {
        let place = try PagePlace(of: path, in: folder)
        try place.folder.removeFolder(place.name.span)
      } catch {
        return
      }
    }
  }

  private func failure(_ failure: IOFailure, at key: [UInt8]) -> StageFailure {
    StageFailure(publishingTo: name(of: key), failure, notes: [])
  }
}

extension RemotePage {
  /// Whether it says how far other pages are.
  fileprivate var tellsOfOthers: Bool {
    path == PublicationIntent.path || path.elementsEqual(Manifest.path.utf8)
  }
}

/// Where a page is: its folder, reached through no symbolic link, and its name there.
private struct PagePlace: ~Copyable {
  let folder: Directory
  let name: [UInt8]

  init(
    of key: [UInt8],
    in root: borrowing Directory,
    makingFolders: Bool = false
  ) throws(IOFailure) {
    let start = key.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let path = key[..<start] + [0]
    folder = try root.descend(path.span, makingFolders: makingFolders)
    name = key[start...] + [0]
  }

  /// All bytes of the page.
  borrowing func content() throws(IOFailure) -> [UInt8] {
    let file = try folder.input(name.span)
    return try file.rest()
  }
}
